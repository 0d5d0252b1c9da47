import { describe, expect, it } from 'vitest';
import type { InstrumentView } from '../strategy/strategy-context.ts';
import type { OptionTerms } from './market.ts';
import {
  type Context,
  dailyBars,
  dayMs,
  fillsOf,
  hourlyBars,
  instrument,
  market,
  played,
  type Row,
  scripted,
} from './testing/small-market.ts';

const at = (price: number): Row => [price, price, price, price];
const rows = (...prices: readonly number[]): readonly Row[] => prices.map(at);
const opensOn = (day: number): number => day * dayMs + 9 * 3_600_000;

const buying = (units: number) =>
  scripted({ 1: ({ orders, instrument: only }) => void orders.buy(only, units) });
const selling = (units: number) =>
  scripted({ 1: ({ orders, instrument: only }) => void orders.sell(only, units) });

const signalled =
  (signal: number) =>
  ({ orders, instrument: only }: Context): void =>
    orders.signal(only, signal);

describe('a cash account', () => {
  it('cuts what costs more than there is, or rejects it', () => {
    const bars = market([instrument(dailyBars(rows(100, 100, 100)), { step: 1 })]);
    const cut = played(buying(2000), bars);
    expect(fillsOf(cut)).toEqual([[1000, 100]]);
    expect(cut.orders[0]).toMatchObject({ state: 'cancelled', filled: 1000 });
    expect(cut.orders[0]?.reason).toContain('cut from 2000 to 1000');
    const rejected = played(buying(2000), bars, { whenShortOfCash: 'reject' });
    expect(rejected.orders[0]).toMatchObject({ state: 'rejected', filled: 0 });
  });

  it('sells nothing that is not held', () => {
    const result = played(selling(10), market([instrument(dailyBars(rows(100, 100)))]));
    expect(fillsOf(result)).toEqual([]);
    expect(result.orders[0]?.reason).toContain('a cash account sells nothing short');
  });
});

describe('a margin account', () => {
  const margin = { kind: 'margin', initial: 0.5, maintenance: 0.25 };

  it('opens no more than its equity carries', () => {
    const result = played(buying(5000), market([instrument(dailyBars(rows(100, 100)))]), {
      account: margin,
    });
    expect(result.fills.quantity[0]).toBeCloseTo(2000, 8);
    expect(result.orders[0]?.reason).toContain('needs more margin');
  });

  it('turns a position around in one fill', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => orders.toQuantity(only, 100),
      2: ({ orders, instrument: only }) => orders.toQuantity(only, -50),
    });
    const result = played(strategy, market([instrument(dailyBars(rows(100, 100, 110, 110)))]), {
      account: margin,
      commission: { kind: 'per-trade', amount: 3 },
    });
    expect(fillsOf(result)).toEqual([
      [100, 100],
      [-150, 110],
    ]);
    expect(result.trades).toHaveLength(2);
    expect(result.trades[0]).toMatchObject({ side: 'long', gross: 1000, commission: 3 + 2 });
    expect(result.trades[1]).toMatchObject({ side: 'short', quantity: 50, commission: 1 });
  });

  it('calls for margin at the close and closes the largest position at the next open', () => {
    const strategy = scripted({
      1: ({ orders, find }) => {
        orders.buy(find('A') as never, 1500);
        orders.buy(find('B') as never, 400);
      },
    });
    // Equity of 100,000 carries 190,000; at 50 and 90 it is 21,000 under 111,000.
    const both = [
      instrument(dailyBars(rows(100, 100, 50, 48, 48)), { id: 'A' }),
      instrument(dailyBars(rows(100, 100, 90, 90, 90)), { id: 'B' }),
    ];
    const result = played(strategy, market(both), { account: margin });
    expect(fillsOf(result)).toEqual([
      [1500, 100],
      [400, 100],
      [-1500, 48],
    ]);
    expect(result.orders[2]).toMatchObject({ kind: 'margin-call', why: 'margin call' });
    expect(result.log.some(({ text }) => text.startsWith('margin call: equity of 21000.00'))).toBe(
      true,
    );
  });

  it('pays for units borrowed and for money borrowed, by calendar days', () => {
    const bars = market([instrument(dailyBars(rows(100, 100, 100)))]);
    const short = played(selling(1000), bars, {
      account: { ...margin, borrowFee: 0.365 },
      cashInterest: 0.365,
    });
    // One day on 100,000 borrowed; interest on the cash that the sale did not bring.
    expect(short.costs.borrow).toBeCloseTo(100, 9);
    expect(short.costs.interestEarned).toBeCloseTo(200, 9);
    expect(short.trades[0]?.carry).toBeCloseTo(-100, 9);
    const long = played(buying(2000), bars, { account: { ...margin, longInterest: 0.365 } });
    expect(long.costs.interestPaid).toBeCloseTo(100, 9);
    expect(long.cash.at(-1)).toBeCloseTo(-100_100, 9);
  });
});

describe('dividends', () => {
  const bars = dailyBars(rows(100, 100, 98, 98, 98));
  const dividend = { kind: 'dividend', at: opensOn(2), perUnit: 2, paidAt: opensOn(4) } as const;
  const paying = market([instrument(bars, { events: [dividend] })]);

  it('are paid to who held before the open of the ex-date, less what is withheld', () => {
    const result = played(buying(100), paying, { dividends: { withheld: 0.25 } });
    expect(result.costs).toMatchObject({ dividends: 200, withheld: 50 });
    expect(Array.from(result.equity)).toEqual([100_000, 100_000, 99_950, 99_950, 99_950]);
    expect(result.trades[0]?.carry).toBe(150);
    const late = scripted({ 2: ({ orders, instrument: only }) => void orders.buy(only, 100) });
    expect(played(late, paying).costs.dividends).toBe(0);
  });

  it('count from the ex-date and come in on the pay-date', () => {
    const result = played(buying(100), paying, { dividends: { paid: 'pay-date' } });
    expect(Array.from(result.equity)).toEqual([100_000, 100_000, 100_000, 100_000, 100_000]);
    expect(Array.from(result.cash)).toEqual([100_000, 90_000, 90_000, 90_000, 90_200]);
  });

  it('are owed by who sold short', () => {
    const result = played(selling(100), paying, {
      account: { kind: 'margin' },
      dividends: { withheld: 0.25 },
    });
    expect(result.costs).toMatchObject({ dividends: -200, withheld: 0 });
  });
});

describe('a split', () => {
  it('keeps the value, the orders and the averages, and pays the fraction in cash', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => void orders.buy(only, 5),
      2: ({ orders, instrument: only }) =>
        void orders.submit(only, {
          side: 'sell',
          quantity: 5,
          type: { kind: 'limit', limit: 120 },
          timeInForce: 'gtc',
        }),
    });
    const split = { kind: 'split', at: opensOn(2), ratio: 1.5 } as const;
    const prices: Row[] = [at(90), at(90), at(60), [60, 85, 60, 80]];
    const one = instrument(dailyBars(prices), { step: 1, events: [split] });
    const result = played(strategy, market([one]));
    expect(fillsOf(result)).toEqual([
      [5, 90],
      [-0.5, 60],
      [-7, 80],
    ]);
    expect(result.orders.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'market filled',
      'limit filled',
      'cash-in-lieu filled',
    ]);
    expect(result.equity[2]).toBe(100_000);
    expect(result.trades[0]).toMatchObject({ entryPrice: 60, quantity: 7.5 });
  });
});

describe('a delisting', () => {
  it('pays out what is known, else the last close, and cancels orders', () => {
    const strategy = scripted({
      1: ({ orders, find }) => void orders.buy(find('A') as never, 100),
      2: ({ orders, find }) =>
        void orders.submit(find('A') as never, {
          side: 'sell',
          quantity: 100,
          type: { kind: 'limit', limit: 500 },
        }),
      4: ({ orders, find }) => void orders.buy(find('A') as never, 1),
    });
    for (const [value, price] of [
      [30, 30],
      [null, 90],
    ] as const) {
      const gone = { kind: 'delisting', at: opensOn(3), value } as const;
      const both = [
        instrument(dailyBars(rows(100, 100, 90)), { events: [gone] }),
        instrument(dailyBars(rows(1, 1, 1, 1, 1, 1)), { id: 'B' }),
      ];
      const result = played(strategy, market(both));
      expect(fillsOf(result)).toEqual([
        [100, 100],
        [-100, price],
      ]);
      expect(result.orders[1]).toMatchObject({
        state: 'cancelled',
        reason: 'A is not traded any more',
      });
      expect(result.orders[3]).toMatchObject({ state: 'rejected' });
      expect(result.equity.at(-1)).toBe(100_000 - 100 * (100 - price));
    }
  });
});

describe('a foreign instrument', () => {
  const bars = dailyBars(rows(100, 100, 100, 100));
  const foreign = instrument(bars, { currency: 'EUR' });

  it('is valued at the newest rate known, and money is changed at the fill', () => {
    const rates = [
      { currency: 'EUR', known: Float64Array.of(0, 3 * dayMs), rate: Float64Array.of(1.1, 1.2) },
    ];
    const result = played(buying(100), market([foreign], { rates }), { currencyBps: 10 });
    expect(result.costs.currency).toBeCloseTo(11, 9);
    expect(result.cash[1]).toBeCloseTo(100_000 - 11_000 - 11, 9);
    expect(result.equity[2]).toBeCloseTo(100_000 - 11, 9);
    expect(result.equity[3]).toBeCloseTo(100_000 - 11 + 1000, 9);
  });

  it('cannot be traded while no rate is known', () => {
    const result = played(buying(100), market([foreign]));
    expect(result.orders[0]).toMatchObject({
      state: 'rejected',
      reason: 'no rate from EUR is known',
    });
  });
});

describe('options', () => {
  const stock = (...prices: readonly number[]) =>
    instrument(dailyBars(rows(...prices)), { id: 'S' });
  const terms = (given: Partial<OptionTerms>): OptionTerms => ({
    underlyingId: 'S',
    right: 'call',
    strike: 100,
    expires: 3 * dayMs,
    exercise: 'american',
    settlement: 'physical',
    ...given,
  });
  const option = (given: Partial<OptionTerms>, ...prices: readonly number[]) =>
    instrument(dailyBars(rows(...prices)), {
      id: 'O',
      multiplier: 100,
      step: 1,
      option: terms(given),
    });
  const doing = (what: Record<string, number>) =>
    scripted({
      1: ({ orders, find }) => {
        for (const [id, units] of Object.entries(what)) orders.toQuantity(find(id) as never, units);
      },
    });
  const closes = [100, 100, 110, 110] as const;

  it('in the money are exercised: the underlying comes at the strike', () => {
    const both = [stock(...closes), option({}, 2, 2, 10)];
    const result = played(doing({ O: 1 }), market(both));
    expect(fillsOf(result)).toEqual([
      [1, 2],
      [-1, 0],
      [100, 100],
    ]);
    expect(result.equity.at(-1)).toBe(100_000 - 200 + 1000);
    expect(result.orders.map(({ kind }) => kind)).toEqual(['market', 'exercise', 'exercise']);
  });

  it('out of the money end worthless', () => {
    const both = [stock(100, 100, 90, 90), option({}, 2, 2, 1)];
    const result = played(doing({ O: 1 }), market(both));
    expect(fillsOf(result).at(-1)).toEqual([-1, 0]);
    expect(result.equity.at(-1)).toBe(100_000 - 200);
  });

  it('that are settled in cash pay their intrinsic value', () => {
    const both = [stock(...closes), option({ settlement: 'cash' }, 2, 2, 10)];
    const result = played(doing({ O: 1 }), market(both));
    expect(fillsOf(result).at(-1)).toEqual([-1, 10]);
    expect(result.equity.at(-1)).toBe(100_000 - 200 + 1000);
  });

  it('sold against units held are assigned: the units go at the strike', () => {
    const both = [stock(...closes), option({}, 2, 2, 10)];
    // The units are there at the next open, before the call is sold against them.
    const strategy = scripted({
      1: ({ orders, find }) => orders.toQuantity(find('S') as never, 100),
      2: ({ orders, find }) => orders.toQuantity(find('O') as never, -1),
    });
    const result = played(strategy, market(both));
    expect(fillsOf(result)).toEqual([
      [100, 100],
      [-1, 10],
      [1, 0],
      [-100, 100],
    ]);
    expect(result.orders.at(-1)).toMatchObject({ kind: 'assignment', instrumentId: 'S' });
  });

  it('are not sold in a cash account where nothing covers them', () => {
    const both = [stock(...closes), option({}, 2, 2, 10)];
    const result = played(doing({ O: -1 }), market(both));
    expect(fillsOf(result)).toEqual([]);
    expect(result.orders[0]?.reason).toContain('that options sold ask for');
  });

  it('that are puts are sold in a cash account against the cash of their strikes', () => {
    const put = { right: 'put', strike: 100 } as const;
    const both = [stock(100, 100, 90, 90), option(put, 2, 2, 10)];
    // 100,000 and the premium cover the strikes of 10 and not of 11.
    const result = played(doing({ O: -11 }), market(both));
    expect(fillsOf(result)).toEqual([
      [-10, 2],
      [10, 0],
      [1000, 100],
    ]);
    expect(result.cash.at(-1)).toBe(2000);
  });

  it('that make a spread tie up what it can lose', () => {
    const low = { ...option({ strike: 95 }, 7, 7, 7), id: 'L' };
    const both = [stock(100, 100, 100, 100), option({}, 2, 2, 2), low];
    const strategy = scripted({
      1: ({ orders, find }) => orders.toQuantity(find('L') as never, 1),
      2: ({ orders, find }) => orders.toQuantity(find('O') as never, -1),
    });
    const result = played(strategy, market(both), { cash: 1000 });
    expect(fillsOf(result).slice(0, 2)).toEqual([
      [1, 7],
      [-1, 2],
    ]);
  });

  it('sold are assigned before a dividend that exceeds their time value', () => {
    const events = [{ kind: 'dividend', at: opensOn(3), perUnit: 3, paidAt: null } as const];
    const prices = [100, 100, 110, 107, 107];
    const long = { expires: 30 * dayMs };
    const paying = { ...stock(...prices), events };
    const strategy = scripted({
      1: ({ orders, find }) => orders.toQuantity(find('S') as never, 100),
      2: ({ orders, find }) => orders.toQuantity(find('O') as never, -1),
    });
    const both = [paying, option(long, 2, 2, 10.5, 8, 8)];
    const early = played(strategy, market(both));
    expect(early.orders.at(-1)).toMatchObject({ kind: 'early assignment', instrumentId: 'S' });
    expect(early.costs.dividends).toBe(0);
    const kept = played(strategy, market(both), { options: { earlyAssignment: false } });
    expect(kept.costs.dividends).toBe(300);
  });
});

describe('sizing', () => {
  it('by risk loses the share asked for at the distance asked for', () => {
    const volatile = Array.from({ length: 30 }, (): Row => [100, 102, 98, 100]);
    const strategy = scripted({ 25: ({ orders, instrument: only }) => orders.signal(only, 1) });
    const result = played(strategy, market([instrument(dailyBars(volatile))]), {
      sizing: { kind: 'risk', share: 0.01, length: 20, stops: 2 },
    });
    // 1 % of 100,000 over twice a true range of 4.
    expect(result.fills.quantity[0]).toBe(125);
  });

  it('by volatility holds what is as volatile as asked for', () => {
    const prices = Array.from({ length: 40 }, (_, i) => at(i % 2 === 0 ? 100 : 101));
    const strategy = scripted({ 35: ({ orders, instrument: only }) => orders.signal(only, 1) });
    const result = played(strategy, market([instrument(dailyBars(prices))]), {
      sizing: { kind: 'volatility', target: 0.1, length: 20 },
      account: { kind: 'margin' },
    });
    const weight = ((result.fills.quantity[0] ?? 0) * 100) / 100_000;
    expect(weight).toBeCloseTo(0.1 / (0.010205 * Math.sqrt(365.25)), 2);
  });

  it('that is not known yet is told, and nothing is traded', () => {
    const strategy = scripted({ 1: ({ orders, instrument: only }) => orders.signal(only, 1) });
    const result = played(strategy, market([instrument(dailyBars(rows(100, 100, 100)))]), {
      sizing: { kind: 'risk', share: 0.01 },
    });
    expect(result.orders[0]).toMatchObject({ state: 'rejected' });
  });
});

describe('what fills at opens of different times', () => {
  const late = (given: ReturnType<typeof dailyBars>) => ({
    ...given,
    opened: given.opened.map((when) => when + 6 * 3_600_000),
  });
  const two = market([
    instrument(dailyBars(rows(10, 10, 10, 10, 10)), { id: 'A' }),
    instrument(late(dailyBars(rows(10, 10, 10, 10, 10))), { id: 'B' }),
  ]);

  it('is not paid for by what is sold later', () => {
    const strategy = scripted({
      1: ({ orders, find }) => orders.toQuantity(find('B') as InstrumentView, 10_000),
      3: ({ orders, find }) => {
        orders.toQuantity(find('A') as InstrumentView, 10_000);
        orders.toQuantity(find('B') as InstrumentView, 0);
      },
    });
    const result = played(strategy, two, { whenShortOfCash: 'reject' });
    expect(fillsOf(result).map(([quantity]) => quantity)).toEqual([10_000, -10_000]);
    expect(result.orders[1]).toMatchObject({ instrumentId: 'A', state: 'rejected' });
  });
});

describe('a signal that was turned down', () => {
  const dear = { sizing: { kind: 'units', units: 1000 }, whenShortOfCash: 'reject' };
  const always = { 1: signalled(1), 2: signalled(1), 3: signalled(1), 4: signalled(1) };

  it('is a new order when it is said again', () => {
    const cheaper = market([instrument(dailyBars(rows(150, 150, 150, 90, 90, 90)))]);
    const result = played(scripted(always), cheaper, dear);
    expect(result.orders.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'filled']);
  });

  it('by a limit is asked again, too', () => {
    const steady = market([instrument(dailyBars(rows(100, 100, 100, 100, 100, 100)))]);
    const result = played(scripted(always), steady, { limits: { orderValue: 0.5 } });
    expect(result.orders.map(({ state }) => state)).toEqual(new Array(4).fill('rejected'));
  });

  it('leaves a position that the next signal can close', () => {
    const steady = market([instrument(dailyBars(rows(100, 100, 100, 100, 100, 100)))]);
    const script = { 1: signalled(1), 2: signalled(-1), 4: signalled(0) };
    const result = played(scripted(script), steady, {
      sizing: { kind: 'units', units: 10 },
      whenShortOfCash: 'reject',
    });
    expect(fillsOf(result).map(([quantity]) => quantity)).toEqual([10, -10]);
  });
});

describe('limits', () => {
  const bars = market([instrument(dailyBars(rows(100, 100, 60, 60, 60, 60)))]);

  it('turn an order down with the figure and the limit', () => {
    const result = played(buying(600), bars, { limits: { position: 0.5 } });
    expect(result.orders[0]?.reason).toBe(
      'Position: the position would be, of equity, 60.0 %, limit 50.0 %',
    );
  });

  it('on losses let the way out pass', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => void orders.buy(only, 500),
      3: ({ orders, instrument: only }) => {
        orders.buy(only, 1);
        orders.sell(only, 500);
      },
    });
    const result = played(strategy, bars, { limits: { drawdown: 0.1, dailyLoss: 0.1 } });
    expect(result.orders.map(({ state }) => state)).toEqual(['filled', 'rejected', 'filled']);
    expect(result.orders[1]?.reason).toContain('20.0 %, limit 10.0 %');
  });

  it('on losses are not passed by two orders that together turn a position around', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => void orders.buy(only, 500),
      3: ({ orders, instrument: only }) => {
        orders.sell(only, 500);
        orders.sell(only, 500);
      },
    });
    const result = played(strategy, bars, {
      account: { kind: 'margin' },
      limits: { drawdown: 0.1 },
    });
    expect(result.orders.map(({ state }) => state)).toEqual(['filled', 'filled', 'rejected']);
  });

  it('count the orders of a session anew each day', () => {
    const strategy = scripted(({ orders, instrument: only }) => void orders.buy(only, 1));
    const two = market([instrument(hourlyBars(rows(1, 1, 1, 1, 1, 1), 3))]);
    const result = played(strategy, two, { limits: { ordersPerDay: 2 } });
    expect(result.orders.map(({ state }) => state === 'rejected')).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('at the same close', () => {
  const bars = market([instrument(dailyBars(rows(100, 100, 100)))]);

  it('fills at the close of the decision, within the share of its volume', () => {
    const result = played(buying(150), bars, { execution: 'same-close', volumeLimit: 0.1 });
    expect(fillsOf(result)).toEqual([
      [100, 100],
      [50, 100],
    ]);
    expect(Array.from(result.fills.moment)).toEqual([0, 1]);
    expect(result.notes).toContain(
      'Orders were filled at the very closes that they were decided on.',
    );
  });

  it('ends what is for the day with its close', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) =>
        void orders.submit(only, { side: 'buy', quantity: 150, timeInForce: 'day' }),
    });
    const result = played(strategy, bars, { execution: 'same-close', volumeLimit: 0.1 });
    expect(result.orders[0]).toMatchObject({ state: 'expired', filled: 100 });
  });
});

describe('a commission by tiers', () => {
  it('keeps the rates of what was filled before', () => {
    const result = played(buying(200), market([instrument(dailyBars(rows(100, 100, 100)))]), {
      volumeLimit: 0.1,
      commission: {
        kind: 'tiered',
        tiers: [
          { from: 0, bps: 100 },
          { from: 10_000, bps: 10 },
        ],
      },
    });
    expect(Array.from(result.fills.commission)).toEqual([100, 10]);
  });
});

describe('the square-root law', () => {
  it('counts volume before a split in the units of today', () => {
    const split = { kind: 'split', at: opensOn(3), ratio: 10 } as const;
    const prices: Row[] = [
      [100, 100, 100, 100, 1000],
      [110, 110, 110, 110, 1000],
      [100, 100, 100, 100, 1000],
      [10, 12, 10, 10, 10_000],
    ];
    const strategy = scripted({ 3: ({ orders, instrument: only }) => void orders.buy(only, 10) });
    const one = market([instrument(dailyBars(prices), { events: [split] })]);
    const how = { slippage: { kind: 'square-root', length: 2 } };
    const result = played(strategy, one, how);
    // Returns of 10 % and −9.09 %; 100 units of 10,000 after the split of the order as well.
    const volatility = (0.1 + 1 / 11) / Math.SQRT2;
    const moved = 10 * volatility * Math.sqrt(100 / 10_000);
    expect(fillsOf(result)[0]?.[0]).toBe(100);
    expect((result.fills.price[0] ?? 0) - 10).toBeCloseTo(moved, 12);
  });
});

describe('the end', () => {
  it('closes what is open at the last close where that is asked for', () => {
    const bars = market([instrument(dailyBars(rows(100, 100, 120)))]);
    const result = played(buying(10), bars, {
      closeAtEnd: true,
      commission: { kind: 'bps', bps: 100 },
    });
    expect(fillsOf(result).at(-1)).toEqual([-10, 120]);
    expect(result.equity.at(-1)).toBe(100_000 + 200 - 10 - 12);
    expect(result.trades[0]?.exitAt).not.toBeNull();
  });
});
