import { parameterTable, type ValuesOf } from '@plimsoll/kernel';

const bps = { kind: 'number', min: 0, max: 10_000, unit: 'basis points' } as const;
const rate = { kind: 'number', min: 0, max: 10, unit: 'a year' } as const;

/**
 * How a backtest trades and what it charges, declared once: files, forms, command-line options and
 * requests are checked against it. What each choice means bar by bar is in `assumptions.ts`.
 */
export const backtestSettings = parameterTable({
  cash: { kind: 'number', title: 'Cash at the start', above: 0, default: 100_000 },
  execution: {
    kind: 'choice',
    title: 'When a decision made on a close is carried out',
    help: 'same-close trades at the very price that the decision was made on; the report says so.',
    of: ['next-open', 'same-close'],
    default: 'next-open',
  },
  sizing: {
    kind: 'variant',
    title: 'How much a signal of 1 buys',
    of: {
      units: { units: { kind: 'number', title: 'Units', above: 0 } },
      weight: {
        weight: { kind: 'number', title: 'Share of equity', above: 0, max: 10, default: 1 },
      },
      cash: { amount: { kind: 'number', title: 'Amount in base currency', above: 0 } },
      risk: {
        share: {
          kind: 'number',
          title: 'Share of equity at risk',
          above: 0,
          max: 1,
          default: 0.01,
        },
        length: { kind: 'integer', title: 'Bars of the average true range', min: 1, default: 20 },
        stops: {
          kind: 'number',
          title: 'Distance risked, in average true ranges',
          above: 0,
          default: 2,
        },
      },
      volatility: {
        target: { ...rate, title: 'Volatility aimed at', above: 0, default: 0.1 },
        length: { kind: 'integer', title: 'Returns measured', min: 2, default: 60 },
        most: { kind: 'number', title: 'Largest share of equity', above: 0, default: 2 },
      },
    },
    default: { kind: 'weight' },
  },
  commission: {
    kind: 'variant',
    title: 'Commission',
    of: {
      none: {},
      bps: {
        bps: { ...bps, title: 'Of the value traded' },
        minimum: { kind: 'number', title: 'At least, an order', min: 0, default: 0 },
      },
      'per-share': {
        amount: { kind: 'number', title: 'A unit', min: 0 },
        minimum: { kind: 'number', title: 'At least, an order', min: 0, default: 0 },
        mostShare: {
          kind: 'number',
          title: 'At most, of the value traded',
          above: 0,
          max: 1,
          default: 1,
        },
      },
      'per-trade': { amount: { kind: 'number', title: 'An order', min: 0 } },
      tiered: {
        tiers: {
          kind: 'list',
          title: 'Rates by what was traded before in the month, lowest first',
          of: {
            kind: 'object',
            title: 'Tier',
            fields: {
              from: { kind: 'number', title: 'From this value traded in the month', min: 0 },
              bps: { ...bps, title: 'Of the value traded' },
            },
          },
        },
        minimum: { kind: 'number', title: 'At least, an order', min: 0, default: 0 },
      },
    },
    default: { kind: 'none' },
  },
  slippage: {
    kind: 'variant',
    title: 'Slippage of orders that take what is offered',
    of: {
      none: {},
      bps: { bps: { ...bps, title: 'Of the price' } },
      'half-spread': { spreadBps: { ...bps, title: 'Whole spread, of the price' } },
      'volume-share': {
        impact: {
          kind: 'number',
          title: 'Price moved, as a share, when all of the volume is taken',
          help: 'Grows with the square of the share taken.',
          min: 0,
          default: 0.1,
        },
      },
      'square-root': {
        factor: {
          kind: 'number',
          title: 'Daily volatilities moved by a day’s volume',
          min: 0,
          default: 1,
        },
        length: { kind: 'integer', title: 'Bars of volatility and volume', min: 2, default: 20 },
      },
    },
    default: { kind: 'none' },
  },
  limitOrders: {
    kind: 'choice',
    title: 'When a limit order fills within a bar',
    help: 'At the limit itself others stand in line before: traded-through waits for a better price.',
    of: ['traded-through', 'touched'],
    default: 'traded-through',
  },
  volumeLimit: {
    kind: 'number',
    title: 'Largest share of a bar’s volume taken',
    help: 'The rest of an order waits for the next bar. Not limited where it is left out.',
    above: 0,
    max: 1,
    optional: true,
  },
  account: {
    kind: 'variant',
    title: 'Account',
    of: {
      cash: {},
      margin: {
        initial: {
          kind: 'number',
          title: 'Equity a new position needs, of its value',
          above: 0,
          max: 1,
          default: 0.5,
        },
        maintenance: {
          kind: 'number',
          title: 'Equity below which positions are closed',
          above: 0,
          max: 1,
          default: 0.25,
        },
        longInterest: { ...rate, title: 'Interest on money borrowed', default: 0 },
        borrowFee: { ...rate, title: 'Fee for units borrowed to sell', default: 0 },
      },
    },
    default: { kind: 'cash' },
  },
  cashInterest: { ...rate, title: 'Interest on cash', default: 0 },
  currencyBps: { ...bps, title: 'Charged for changing money', default: 0 },
  whenShortOfCash: {
    kind: 'choice',
    title: 'An order that costs more than there is',
    of: ['reduce', 'reject'],
    default: 'reduce',
  },
  dividends: {
    kind: 'object',
    title: 'Dividends',
    fields: {
      paid: {
        kind: 'choice',
        title: 'Paid',
        of: ['ex-date', 'pay-date', 'never'],
        default: 'ex-date',
      },
      withheld: { kind: 'number', title: 'Share withheld', min: 0, max: 1, default: 0 },
    },
    default: {},
  },
  adjust: {
    kind: 'choice',
    title: 'Prices that indicators see',
    help: 'Past splits (and dividends) are carried forward, so that nothing known later is used.',
    of: ['splits', 'splits-and-dividends', 'none'],
    default: 'splits',
  },
  limits: {
    kind: 'object',
    title: 'Limits on risk',
    fields: {
      orderValue: { kind: 'number', title: 'Largest order, of equity', above: 0, optional: true },
      position: { kind: 'number', title: 'Largest position, of equity', above: 0, optional: true },
      gross: {
        kind: 'number',
        title: 'Largest sum of positions, of equity',
        above: 0,
        optional: true,
      },
      net: { kind: 'number', title: 'Largest net exposure, of equity', above: 0, optional: true },
      sector: {
        kind: 'number',
        title: 'Largest sum in one sector, of equity',
        above: 0,
        optional: true,
      },
      positions: { kind: 'integer', title: 'Most positions at once', min: 1, optional: true },
      dailyLoss: {
        kind: 'number',
        title: 'Loss in a session after which only reductions are allowed',
        above: 0,
        max: 1,
        optional: true,
      },
      drawdown: {
        kind: 'number',
        title: 'Fall from the peak after which only reductions are allowed',
        above: 0,
        max: 1,
        optional: true,
      },
      ordersPerDay: { kind: 'integer', title: 'Most orders in a session', min: 1, optional: true },
      buyingPower: {
        kind: 'number',
        title: 'Largest order, of what can be paid for when it is placed',
        above: 0,
        optional: true,
      },
      priceCollar: {
        kind: 'number',
        title: 'Furthest that a limit or stop may be from the newest price, of it',
        above: 0,
        optional: true,
      },
      sameOrders: {
        kind: 'integer',
        title: 'Most open orders that are the same',
        min: 1,
        optional: true,
      },
    },
    default: {},
  },
  options: {
    kind: 'object',
    title: 'Options',
    fields: {
      earlyAssignment: {
        kind: 'flag',
        title: 'Calls sold are assigned before a dividend that exceeds their time value',
        default: true,
      },
    },
    default: {},
  },
  closeAtEnd: { kind: 'flag', title: 'Close positions at the last close', default: false },
  seed: { kind: 'integer', title: 'Seed of chance', min: 0, max: 4_294_967_295, default: 1 },
});

export type BacktestSettings = ValuesOf<typeof backtestSettings>;
