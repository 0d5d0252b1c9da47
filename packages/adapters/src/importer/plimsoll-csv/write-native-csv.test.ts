import {
  type IncomeType,
  incomeTypes,
  instrumentKinds,
  plainInstrument,
  type Transaction,
  transactionTypes,
} from '@plimsoll/domain';
import { type Decimal, dayFromNumber, decimal, type Price, price } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutGaps } from '../../importer-kit/native/read-instrument.ts';
import { textFile } from '../../importer-kit/testing/shared-sample.ts';
import plimsollCsv from './index.ts';
import { nativeEntries } from './native-entries.ts';
import { type NativeEntry, writeNativeCsv } from './write-native-csv.ts';

const readBack = (entries: readonly NativeEntry[]) => {
  const parsed = plimsollCsv.parse(textFile(writeNativeCsv(entries)), {});
  expect(parsed.refused).toEqual([]);
  return parsed.rows.map(({ transaction, account, externalId }) =>
    withoutGaps({ transaction, account, externalId }),
  );
};

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const day = fc.integer({ min: 0, max: 30_000 }).map(dayFromNumber);
const positive: fc.Arbitrary<Decimal> = fc.bigInt({ min: 1n, max: 10n ** 30n });
const orNothing: fc.Arbitrary<Decimal> = fc.oneof(fc.constant(0n), positive);
const signed: fc.Arbitrary<Decimal> = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const nonZero = signed.map((value) => (value === 0n ? 1n : value));
const bookedPrice = fc.bigInt({ min: 0n, max: 10n ** 30n }) as fc.Arbitrary<Price>;
const currency = fc.constantFrom('EUR', 'USD', 'GBP', 'CHF', 'BTC');
const tricky = fc.constantFrom(
  '=1+1',
  '+SUM(A1)',
  '-x',
  '@cmd',
  "'=",
  "''-y",
  ' =z',
  'a,b',
  'a;b',
  '"q"',
  'a\nb',
  'ü→',
);
const word = fc
  .oneof(tricky, fc.string({ minLength: 1, maxLength: 12 }))
  .map((text) => text.trim())
  .filter((text) => text !== '');
const note = fc
  .oneof(tricky, fc.string({ minLength: 1, maxLength: 30 }))
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const accountName = fc.oneof(
  fc.constantFrom('Broker', 'A -> B', 'Dépôt "1"', '-Cash'),
  word.filter((text) => !text.includes('\0')),
);
const time = fc.constantFrom('09:30', '14:30:03', '23:59:59.613');

const plainHint: fc.Arbitrary<InstrumentHint> = fc
  .record({
    symbol: optional(fc.oneof(fc.constantFrom('AAPL', '0700', '-GOLD', 'SAP.DE'), word)),
    isin: optional(fc.constantFrom('US0378331005', 'DE0007164600')),
    figi: optional(fc.constant('BBG000B9XRY4')),
    cusip: optional(fc.constant('037833100')),
    mic: optional(fc.constant('XNAS')),
    exchange: optional(fc.constant('NASDAQ')),
    name: fc.constantFrom('Apple Inc.', '=Name', 'Bond 3,5 % "26"'),
    kind: optional(fc.constantFrom(...instrumentKinds)),
    currency,
    multiplier: optional(fc.constantFrom(decimal('100'), decimal('0.01'))),
  })
  .map(withoutGaps);

const optionTerms = fc.record({
  underlying: plainHint,
  right: fc.constantFrom('call' as const, 'put' as const),
  strike: positive,
  expiresOn: day,
});

const hint: fc.Arbitrary<InstrumentHint> = fc
  .tuple(plainHint, optional(optionTerms))
  .map(([plain, option]) => withoutGaps({ ...plain, option }));

const charges = {
  fee: fc.oneof(fc.constant(0n), signed),
  tax: fc.oneof(fc.constant(0n), signed),
  feeCurrency: optional(currency),
  taxCurrency: optional(currency),
};
const settlement = optional(fc.record({ currency, amount: orNothing }));
const lots = optional(
  fc.array(fc.record({ openedBy: word, quantity: positive }), { minLength: 1, maxLength: 3 }),
);
const ratio = fc.record({ new: positive, old: positive });
const cash = optional(fc.record({ amount: orNothing, currency }));

/** The members of each type beside those that all have. */
const members: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  trade: {
    instrument: hint,
    quantity: positive,
    price: optional(bookedPrice),
    amount: orNothing,
    currency,
    accrued: optional(signed),
    settlement,
    lots,
    ...charges,
  },
  cash: { amount: positive, currency },
  transfer: {
    toAccount: accountName,
    instrument: hint,
    quantity: positive,
    currency,
    worth: optional(orNothing),
    lots,
  },
  cashTransfer: { toAccount: accountName, quantity: positive, currency },
  delivery: {
    instrument: hint,
    quantity: positive,
    amount: optional(orNothing),
    currency,
    settlement,
    cost: optional(orNothing),
    openedOn: optional(day),
    lots,
    ...charges,
  },
  opening: {
    instrument: hint,
    quantity: positive,
    cost: orNothing,
    currency,
    openedOn: optional(day),
  },
  openingCash: { quantity: signed, cost: signed, currency },
  income: {
    instrument: optional(hint),
    amount: signed,
    currency,
    settlement,
    reinvested: optional(fc.record({ instrument: hint, quantity: positive })),
    ...charges,
  },
  expense: { instrument: optional(hint), amount: signed, currency },
  split: { instrument: hint, ratio, cashInLieu: cash },
  added: { instrument: hint, added: nonZero, cashInLieu: cash },
  spinOff: {
    instrument: hint,
    child: hint,
    quantity: positive,
    costShare: fc.bigInt({ min: 0n, max: 10n ** 18n }),
  },
  exchange: { instrument: hint, into: hint, ratio, boot: cash, cashInLieu: cash },
  returnOfCapital: { instrument: hint, amount: signed, currency, settlement },
  option: { instrument: hint, quantity: positive, currency, ...charges },
  redemption: {
    instrument: hint,
    quantity: positive,
    amount: orNothing,
    accrued: optional(signed),
    currency,
    settlement,
    ...charges,
  },
  delisting: { instrument: hint, amount: orNothing, currency },
  adjustment: { reason: note, instrument: hint, quantity: nonZero, amount: orNothing, currency },
  cashAdjustment: { reason: note, quantity: nonZero, amount: fc.constant(0n), currency },
};

const isIncome = (type: string): type is IncomeType => incomeTypes.some((known) => known === type);

function shapesOf(type: Transaction['type']): readonly string[] {
  if (isIncome(type)) return ['income'];
  switch (type) {
    case 'buy':
    case 'sell':
    case 'short':
    case 'cover':
      return ['trade'];
    case 'deposit':
    case 'withdrawal':
      return ['cash'];
    case 'transfer':
      return ['transfer', 'cashTransfer'];
    case 'delivery-in':
    case 'delivery-out':
      return ['delivery'];
    case 'opening-balance':
      return ['opening', 'openingCash'];
    case 'fee':
    case 'tax':
    case 'margin-interest':
      return ['expense'];
    case 'split':
    case 'stock-dividend':
      return ['split', 'added'];
    case 'spin-off':
      return ['spinOff'];
    case 'merger':
    case 'symbol-change':
      return ['exchange'];
    case 'return-of-capital':
      return ['returnOfCapital'];
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      return ['option'];
    case 'redemption':
    case 'amortisation':
      return ['redemption'];
    case 'delisting':
      return ['delisting'];
    case 'adjustment':
      return ['adjustment', 'cashAdjustment'];
    case 'fx':
      return [];
  }
}

const heads = { effectiveAt: day, time: optional(time), note: optional(note) };
const money = fc.record({ currency, amount: positive });
const conversion = fc
  .record({
    ...heads,
    type: fc.constant('fx' as const),
    sold: money,
    bought: money,
    currency,
    ...charges,
  })
  .filter(({ sold, bought }) => sold.currency !== bought.currency);

const transaction = fc
  .oneof(
    ...transactionTypes.flatMap((type) =>
      shapesOf(type).map((shape) =>
        fc.record({ ...heads, type: fc.constant(type), ...members[shape] }),
      ),
    ),
    conversion,
  )
  .map((made) => withoutGaps(made) as unknown as ImportedTransaction);

const entry: fc.Arbitrary<NativeEntry> = fc
  .record({ transaction, account: accountName })
  .map((made) => made);

const inDayOrder = (entries: readonly NativeEntry[]) =>
  entries.toSorted((a, b) =>
    a.transaction.effectiveAt < b.transaction.effectiveAt
      ? -1
      : a.transaction.effectiveAt > b.transaction.effectiveAt
        ? 1
        : 0,
  );

describe('writing the native CSV', () => {
  test('reads back as equal transactions, whatever the type', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(readBack([one])).toEqual([one]);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps every row of a file and their order by day', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        const timeless = entries.map((one) => ({
          ...one,
          transaction: withoutGaps({ ...one.transaction, time: undefined }) as ImportedTransaction,
        }));
        expect(readBack(timeless)).toEqual(inDayOrder(timeless));
      }),
      { numRuns: 100 },
    );
  });

  test('covers every transaction type', () => {
    const covered = transactionTypes.filter((type) => type === 'fx' || shapesOf(type).length > 0);
    expect(covered).toEqual([...transactionTypes]);
  });

  test('leaves no cell that a spreadsheet would run, and numbers as they are', () => {
    const text = writeNativeCsv([
      {
        account: '@Broker',
        transaction: {
          type: 'interest',
          effectiveAt: '2026-01-02',
          instrument: undefined,
          amount: decimal('-5.25'),
          currency: 'EUR',
          fee: 0n,
          tax: 0n,
          note: '=HYPERLINK("http://example.org")',
        },
      },
    ]);
    expect(text).toBe(
      [
        'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note,amount-is',
        `2026-01-02,interest,,,,-5.25,,,EUR,'@Broker,"'=HYPERLINK(""http://example.org"")",gross`,
        '',
      ].join('\n'),
    );
  });

  test('writes an empty record as the header alone', () => {
    expect(writeNativeCsv([])).toBe(
      'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note\n',
    );
  });
});

describe('recorded transactions as native rows', () => {
  const apple = plainInstrument({
    id: 'i1',
    kind: 'equity',
    name: 'Apple',
    currency: 'USD',
    symbol: 'AAPL',
  });
  const call = plainInstrument({
    id: 'i2',
    kind: 'option',
    name: 'AAPL call',
    currency: 'USD',
    symbol: 'AAPL260116C00150000',
    multiplier: decimal('100'),
    option: { underlyingId: 'i1', right: 'call', strike: price('150'), expiresOn: '2026-01-16' },
  });
  const names = {
    account: (id: string) => ({ a1: 'Broker', a2: 'Wallet' })[id] ?? id,
    instrument: (id: string) => (id === 'i2' ? call : apple),
  };
  const head = { accountId: 'a1', position: 0, effectiveAt: '2026-01-05' };

  test('ids become names and labels', () => {
    const entries = nativeEntries(
      [
        {
          ...head,
          id: 't1',
          type: 'buy',
          instrumentId: 'i2',
          quantity: decimal('2'),
          price: price('3.5'),
          amount: decimal('700'),
          currency: 'USD',
          fee: 0n,
          tax: 0n,
        },
        {
          ...head,
          id: 't2',
          type: 'transfer',
          toAccountId: 'a2',
          quantity: decimal('50'),
          currency: 'USD',
        },
      ],
      names,
    );
    expect(writeNativeCsv(entries).split('\n')[2]).toContain('Broker -> Wallet');
    expect(readBack(entries)).toEqual(entries);
    expect(entries[0]?.transaction).toMatchObject({
      instrument: {
        symbol: 'AAPL260116C00150000',
        option: { strike: decimal('150'), underlying: { symbol: 'AAPL' } },
      },
    });
  });

  test('only the rows that a closing names as its lots carry an id', () => {
    const buy = {
      ...head,
      type: 'buy' as const,
      instrumentId: 'i1',
      quantity: decimal('1'),
      amount: decimal('10'),
      currency: 'USD',
      fee: 0n,
      tax: 0n,
    };
    const sell = {
      ...buy,
      id: 't3',
      type: 'sell' as const,
      lots: [{ openedBy: 't2', quantity: decimal('1') }],
    };
    const entries = nativeEntries([{ ...buy, id: 't1' }, { ...buy, id: 't2' }, sell], names);
    expect(entries.map((one) => one.externalId)).toEqual([undefined, 't2', undefined]);
    expect(readBack(entries)).toEqual(entries);
  });
});
