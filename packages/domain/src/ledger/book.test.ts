import { type Instrument, plainInstrument } from '@plimsoll/domain';
import { dayNumber, decimal, formatDecimal, price, whole } from '@plimsoll/kernel';
import {
  bookSnapshot,
  foldByHand,
  handAccount,
  handOptions,
  handTransactions,
} from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { dailyValues } from '../valuation/daily-values.ts';
import { foldLedger } from './fold.ts';

const share = (id: string, fields: Partial<Instrument> = {}): Instrument =>
  plainInstrument({ id, kind: 'equity', name: id, currency: 'EUR', ...fields });
const buy = (effectiveAt: string, quantity: string, amount: string, more = {}) => ({
  type: 'buy',
  instrumentId: 'S',
  effectiveAt,
  quantity,
  amount,
  ...more,
});
const sell = (effectiveAt: string, quantity: string, amount: string, more = {}) => ({
  ...buy(effectiveAt, quantity, amount, more),
  type: 'sell',
});
const identity = ({ gains }: ReturnType<typeof foldByHand>) =>
  gains.value - gains.startValue - gains.inflow + gains.outflow;

describe('profit of a position bought again after a partial sale', () => {
  it('is what came out less what went in', () => {
    const result = foldByHand([
      buy('2024-01-02', '10', '1000'),
      sell('2024-02-01', '5', '550'),
      buy('2024-03-01', '5', '1000'),
      sell('2024-04-01', '10', '1500'),
    ]);
    expect(formatDecimal(result.gains.gain)).toBe('50');
    expect(formatDecimal(result.gains.realised)).toBe('50');
  });
});

describe('a split recorded in several accounts', () => {
  const accounts = [handAccount(), handAccount({ id: 'b', name: 'b' })];
  const split = (accountId: string, effectiveAt: string) => ({
    type: 'split',
    instrumentId: 'S',
    accountId,
    effectiveAt,
    ratio: { new: '2', old: '1' },
  });

  it.each(['2024-02-01', '2024-02-05'])('divides the own price once (second on %s)', (second) => {
    const result = foldByHand(
      [
        buy('2024-01-02', '10', '1000'),
        buy('2024-01-02', '10', '1000', { accountId: 'b' }),
        split('a', '2024-02-01'),
        split('b', second),
      ],
      { accounts },
    );
    expect(result.value.holdings.map(({ value }) => formatDecimal(value ?? 0n))).toEqual([
      '1000',
      '1000',
    ]);
  });

  it('divides it again for a second split of the same account', () => {
    const result = foldByHand([
      buy('2024-01-02', '10', '1000'),
      split('a', '2024-02-01'),
      split('a', '2024-02-02'),
    ]);
    expect(formatDecimal(result.value.total + result.gains.inflow)).toBe('0');
  });
});

describe('units that meet a short', () => {
  it('buy it back when they are transferred in', () => {
    const accounts = [handAccount(), handAccount({ id: 'b', name: 'b', allowShort: true })];
    const result = foldByHand(
      [
        buy('2024-01-02', '10', '1000'),
        { ...sell('2024-01-03', '4', '480', { accountId: 'b' }), type: 'short' },
        {
          type: 'transfer',
          effectiveAt: '2024-01-04',
          instrumentId: 'S',
          toAccountId: 'b',
          quantity: '10',
        },
      ],
      { accounts },
    );
    const lots = [...result.book.holding('b', 'S').lots];
    expect(lots.map(({ quantity, cost }) => [quantity, cost])).toEqual([[whole(6), whole(600)]]);
    expect(formatDecimal(result.gains.realised)).toBe('80');
    expect(result.gains.gain).toBe(identity(result));
  });
});

describe('lots that a closing names', () => {
  it('takes every lot of that opening, wherever a transfer has cut it', () => {
    const accounts = [handAccount(), handAccount({ id: 'b', name: 'b', lotMethod: 'specific' })];
    const move = (effectiveAt: string) => ({
      type: 'transfer',
      effectiveAt,
      instrumentId: 'S',
      toAccountId: 'b',
      quantity: '5',
    });
    const result = foldByHand(
      [
        buy('2024-01-01', '1', '1', { accountId: 'b' }),
        buy('2024-01-02', '10', '1000'),
        move('2024-01-03'),
        move('2024-01-04'),
        sell('2024-01-05', '8', '800', {
          accountId: 'b',
          lots: [{ openedBy: 'r2', quantity: '8' }],
        }),
      ],
      { accounts },
    );
    expect(formatDecimal(result.gains.realised)).toBe('0');
  });

  it('is refused where they are not open', () => {
    const { faults, book } = foldByHand(
      [
        buy('2024-01-01', '1', '1'),
        buy('2024-01-02', '10', '1000'),
        sell('2024-01-05', '5', '800', { lots: [{ openedBy: 'r1', quantity: '5' }] }),
      ],
      { accounts: [handAccount({ lotMethod: 'specific' })] },
    );
    expect(faults).toMatchObject([{ code: 'transaction.invalid', member: 'lots' }]);
    expect(book.holding('a', 'S').lots.quantity).toBe(whole(11));
  });
});

describe('the order in which lots are taken', () => {
  it('is by opening day again after a return of capital has made costs equal', () => {
    const result = foldByHand(
      [
        buy('2024-01-01', '10', '50'),
        buy('2024-01-02', '10', '100'),
        {
          type: 'return-of-capital',
          effectiveAt: '2024-01-03',
          instrumentId: 'S',
          amount: '400',
        },
        sell('2024-01-05', '10', '100'),
      ],
      { accounts: [handAccount({ lotMethod: 'hifo' })] },
    );
    expect([...result.book.holding('a', 'S').lots].map(({ openedBy }) => openedBy)).toEqual(['r2']);
  });

  it.each([
    ['a transfer', { type: 'transfer', toAccountId: 'b', quantity: '20' }, 'b', 'S'],
    ['a spin-off', { type: 'spin-off', childId: 'T', quantity: '20', costShare: '0.5' }, 'a', 'T'],
    [
      'a new symbol',
      { type: 'symbol-change', intoId: 'T', ratio: { new: '1', old: '1' } },
      'a',
      'T',
    ],
  ])('stays that of their opening within a day, also after %s', (_, moving, accountId, id) => {
    const { book } = foldByHand(
      [
        buy('2024-01-02', '10', '100'),
        buy('2024-01-02', '10', '200'),
        { effectiveAt: '2024-01-03', instrumentId: 'S', ...moving },
        sell('2024-01-05', '10', '100', { accountId, instrumentId: id }),
      ],
      {
        accounts: [
          handAccount({ lotMethod: 'lifo' }),
          handAccount({ id: 'b', name: 'b', lotMethod: 'lifo' }),
        ],
        instruments: [share('S'), share('T')],
      },
    );
    expect([...book.holding(accountId, id).lots].map(({ openedBy }) => openedBy)).toEqual(['r1']);
  });
});

describe('option events', () => {
  const option = (right: 'call' | 'put') =>
    share('O', {
      kind: 'option',
      multiplier: whole(100),
      option: { underlyingId: 'S', right, strike: price('50'), expiresOn: '2024-06-21' },
    });

  it('pays the fee of an expiry', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '300', { instrumentId: 'O' }),
        {
          type: 'option-expiry',
          effectiveAt: '2024-06-21',
          instrumentId: 'O',
          quantity: '1',
          fee: '2',
          tax: '1',
        },
      ],
      { instruments: [option('call')] },
    );
    expect(result.gains).toMatchObject({ realised: whole(-300), fees: whole(2), taxes: whole(1) });
    expect(result.gains.gain).toBe(identity(result));
  });

  it('counts the strike in the currency of the option, whatever the fee is in', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '300', { instrumentId: 'O' }),
        {
          type: 'option-exercise',
          effectiveAt: '2024-06-21',
          instrumentId: 'O',
          quantity: '1',
          fee: '11',
          currency: 'USD',
        },
      ],
      {
        instruments: [option('call'), share('S')],
        prices: { S: { '2024-06-20': 60 } },
        rates: { 'EUR/USD': { '2024-01-01': 1.1 } },
      },
    );
    const [lot] = [...result.book.holding('a', 'S').lots];
    expect(lot).toMatchObject({ quantity: whole(100), currency: 'EUR', cost: whole(5300) });
    expect(result.book.cash('a', 'USD').balance).toBe(whole(-11));
    expect(result.gains.gain).toBe(identity(result));
  });

  it('realises a written put against its premium, in cost and in the period', () => {
    const rows = [
      { ...sell('2024-01-02', '1', '300', { instrumentId: 'O' }), type: 'short' },
      {
        type: 'option-assignment',
        effectiveAt: '2024-06-21',
        instrumentId: 'O',
        quantity: '1',
      },
      sell('2024-07-01', '100', '5500'),
    ];
    const setting = {
      accounts: [handAccount({ allowShort: true })],
      instruments: [option('put'), share('S')],
      prices: { O: { '2024-01-02': 3, '2024-05-31': 7 } },
    };
    expect(formatDecimal(foldByHand(rows, setting).gains.realised)).toBe('800');
    const since = foldByHand(rows, { ...setting, from: '2024-06-01' });
    expect(formatDecimal(since.gains.realised)).toBe('1200');
    expect(since.gains.gain).toBe(identity(since));
    expect(formatDecimal(since.book.holding('a', 'S').tally.realisedByCost)).toBe('800');
  });
});

describe('corporate actions', () => {
  it('closes only the fraction that the exchange itself made', () => {
    const result = foldByHand([
      buy('2024-01-01', '0.5', '50', { instrumentId: 'N' }),
      buy('2024-01-02', '7', '700'),
      {
        type: 'merger',
        effectiveAt: '2024-02-01',
        instrumentId: 'S',
        intoId: 'N',
        ratio: { new: '3', old: '2' },
        cashInLieu: { amount: '30', currency: 'EUR' },
      },
    ]);
    expect(result.book.holding('a', 'N').lots.quantity).toBe(decimal('10.5'));
    expect(result.gains.gain).toBe(identity(result));
  });

  it.each([
    ['split', { ratio: { new: '2', old: '1' }, cashInLieu: { amount: '3', currency: 'EUR' } }],
    [
      'merger',
      { intoId: 'N', ratio: { new: '2', old: '1' }, boot: { amount: '3', currency: 'EUR' } },
    ],
    ['delisting', { amount: '3' }],
  ])('refuses money for a %s of what is not held', (type, members) => {
    const { faults } = foldByHand([
      { type, effectiveAt: '2024-02-01', instrumentId: 'S', ...members },
    ]);
    expect(faults).toMatchObject([{ code: 'ledger.not-held' }]);
  });

  it('carries the own price into another unit and currency', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '100', '850', { currency: 'GBP' }),
        {
          type: 'symbol-change',
          effectiveAt: '2024-02-01',
          instrumentId: 'S',
          intoId: 'N',
          ratio: { new: '1', old: '1' },
        },
      ],
      {
        instruments: [
          share('S', { currency: 'GBP', priceFactor: price('0.01') }),
          share('N', { currency: 'EUR' }),
        ],
        rates: { 'EUR/GBP': { '2024-01-01': 0.85 } },
      },
    );
    expect(Number(formatDecimal(result.value.holdings[0]?.baseValue ?? 0n))).toBeCloseTo(1000, 10);
  });

  it('realises what a reverse split leaves nothing of', () => {
    const result = foldByHand([
      buy('2024-01-02', '0.000000000000000001', '5'),
      {
        type: 'split',
        effectiveAt: '2024-02-01',
        instrumentId: 'S',
        ratio: { new: '1', old: '10' },
      },
    ]);
    expect(formatDecimal(result.gains.realised)).toBe('-5');
    expect(result.gains.gain).toBe(identity(result));
  });

  it.each(['buy', 'short'])('refuses a split that takes every unit of a %s away', (type) => {
    const { faults } = foldByHand(
      [
        buy('2024-01-02', '3', '5', { type }),
        {
          type: 'split',
          effectiveAt: '2024-02-01',
          instrumentId: 'S',
          added: type === 'buy' ? '-3' : '3',
        },
      ],
      { accounts: [handAccount({ allowShort: true })] },
    );
    expect(faults).toMatchObject([{ code: 'ledger.not-held' }]);
  });

  it('adds exactly the units that the broker states', () => {
    const added = '0.333333333333333333';
    const result = foldByHand([
      buy('2024-01-02', '1.1', '5'),
      buy('2024-01-03', '1.7', '5'),
      buy('2024-01-04', '0.3', '5'),
      { type: 'stock-dividend', effectiveAt: '2024-02-01', instrumentId: 'S', added },
    ]);
    expect(formatDecimal(result.book.holding('a', 'S').lots.quantity)).toBe('3.433333333333333333');
  });
});

describe('money that is settled in another currency', () => {
  const rates = { 'EUR/USD': { '2024-01-01': 1.25 } };

  it('goes out again for an income that is taken back', () => {
    const result = foldByHand(
      [
        {
          type: 'dividend',
          effectiveAt: '2024-01-02',
          amount: '-10',
          currency: 'USD',
          settlement: { currency: 'EUR', amount: '8' },
        },
      ],
      { rates },
    );
    expect(result.book.cash('a', 'EUR').balance).toBe(whole(-8));
    expect(result.gains).toMatchObject({ income: whole(-8), gain: whole(-8) });
  });

  it('goes out for a sale whose fee is more than it brought', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '100'),
        sell('2024-01-03', '1', '1', {
          currency: 'USD',
          fee: '6',
          settlement: { currency: 'EUR', amount: '4' },
        }),
      ],
      { rates },
    );
    expect(result.book.cash('a', 'EUR').balance).toBe(whole(-104));
    expect(formatDecimal(result.gains.gain)).toBe('-104');
  });

  it('keeps the sign of a sale whose fee is more than it brought in the currency of the lots', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '100'),
        sell('2024-01-03', '1', '1', {
          currency: 'USD',
          fee: '6',
          settlement: { currency: 'EUR', amount: '4' },
        }),
      ],
      { rates, currency: 'USD', keepMatches: true },
    );
    expect(result.book.matches[0]).toMatchObject({ gain: whole(-130), fx: 0n });
  });

  it('keeps the fee of a free share apart from its cost', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '0', {
          currency: 'USD',
          fee: '5',
          feeCurrency: 'EUR',
          settlement: { currency: 'EUR', amount: '5' },
        }),
      ],
      { rates, accounts: [handAccount({ fees: 'expensed' })] },
    );
    expect(result.gains).toMatchObject({ fees: whole(5) });
    expect(result.book.cash('a', 'EUR').balance).toBe(whole(-5));
  });

  it('returns capital at the booked worth', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '10', '1000'),
        {
          type: 'return-of-capital',
          effectiveAt: '2024-01-03',
          instrumentId: 'S',
          amount: '100',
          currency: 'USD',
          settlement: { currency: 'EUR', amount: '90' },
        },
      ],
      { rates },
    );
    const [lot] = [...result.book.holding('a', 'S').lots];
    expect(lot).toMatchObject({ cost: whole(910), baseCost: whole(910) });
  });

  it('values a trade by its rate even where almost nothing is left of it', () => {
    const result = foldByHand(
      [
        buy('2024-01-02', '1', '1', { currency: 'USD' }),
        sell('2024-01-03', '1', '1', { currency: 'USD', fee: '0.999999999999999999' }),
      ],
      {
        rates,
        accounts: [handAccount({ fees: 'expensed' })],
        instruments: [share('S', { currency: 'USD' })],
      },
    );
    expect(formatDecimal(result.gains.realised)).toBe('0');
  });
});

describe('prices', () => {
  it('are divided by a split that they are carried over', () => {
    const split = {
      type: 'split',
      instrumentId: 'S',
      effectiveAt: '2024-01-06',
      ratio: { new: '10', old: '1' },
    };
    const valued = (until: string) =>
      foldByHand([buy('2024-01-02', '10', '1000'), split], {
        prices: { S: { '2024-01-02': 100, '2024-01-05': 110, '2024-01-09': 12 } },
        accounts: [handAccount({ cash: 'untracked' })],
        until,
      });
    const days = ['2024-01-05', '2024-01-06', '2024-01-08', '2024-01-09'];
    const values = days.map((day) => {
      const { book, value } = valued(day);
      const daily = dailyValues(book, dayNumber(day), dayNumber(day));
      return [formatDecimal(value.total), daily.value[0]];
    });
    expect(values).toEqual([
      ['1100', 1100],
      ['1100', 1100],
      ['1100', 1100],
      ['1200', 1200],
    ]);
  });

  it('carries the last known close over one that is not a number', () => {
    const result = foldByHand([buy('2024-01-02', '1', '100')], {
      prices: { S: { '2024-01-02': 110, '2024-01-03': Number.NaN } },
      until: '2024-01-04',
    });
    expect(formatDecimal(result.value.total)).toBe('10');
  });

  it('takes no unit price from a trade too small to have one', () => {
    const bond = share('S', { kind: 'bond', multiplier: decimal('0.01') });
    const { faults } = foldByHand([buy('2024-01-02', '0.000000000000000001', '1')], {
      instruments: [bond],
    });
    expect(faults).toEqual([]);
  });
});

describe('a delivery of units bought elsewhere', () => {
  it('counts their cost at the rate of the day they were opened', () => {
    const result = foldByHand(
      [
        {
          type: 'delivery-in',
          effectiveAt: '2024-01-03',
          instrumentId: 'S',
          quantity: '1',
          amount: '150',
          cost: '100',
          openedOn: '2020-01-02',
          currency: 'USD',
        },
      ],
      {
        instruments: [share('S', { currency: 'USD' })],
        rates: { 'EUR/USD': { '2020-01-01': 1, '2024-01-01': 1.25 } },
      },
    );
    const [lot] = [...result.book.holding('a', 'S').lots];
    expect(lot).toMatchObject({ baseCost: whole(100), baseBasis: whole(120) });
  });
});

describe('folding twice with the same options', () => {
  it('learns nothing from the first time', () => {
    const transactions = handTransactions([
      {
        type: 'fx',
        effectiveAt: '2024-01-02',
        sold: { currency: 'EUR', amount: '100' },
        bought: { currency: 'USD', amount: '110' },
      },
      buy('2024-01-03', '1', '100'),
      buy('2024-01-05', '1', '300'),
    ]);
    const options = handOptions(transactions);
    const until = dayNumber('2024-01-04');
    const first = foldLedger(transactions, options).book;
    const again = foldLedger(transactions, options).book;
    expect(bookSnapshot(again)).toEqual(bookSnapshot(first));
    expect(options.prices.at('S', until)).toBeNull();
  });
});
