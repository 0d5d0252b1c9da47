import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { cashEffects } from '../../importer-kit/testing/cash-effects.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import trading212 from './index.ts';

const header =
  'Action,Time (UTC),ISIN,Ticker,Name,Notes,ID,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result,Currency (Result),Total,Currency (Total),Withholding tax,Currency (Withholding tax),Stamp duty reserve tax,Currency (Stamp duty reserve tax),Currency conversion from amount,Currency (Currency conversion from amount),Currency conversion to amount,Currency (Currency conversion to amount),Currency conversion fee,Currency (Currency conversion fee),Merchant name,Merchant category';
const titles = header.split(',');

/** A row with these cells by title. */
const line = (cells: Readonly<Record<string, string>>): string =>
  titles.map((title) => cells[title] ?? '').join(',');

const row = (action: string, cells: Readonly<Record<string, string>> = {}): string =>
  line({
    Action: action,
    'Time (UTC)': '2025-03-04 10:11:12+00:00',
    'Currency (Total)': 'GBP',
    ...cells,
  });

const acme = { ISIN: 'GB0000000018', Ticker: 'ACM', Name: 'Acme' };
const parse = (...lines: string[]) => trading212.parse(textFile([header, ...lines].join('\n')), {});
const one = (...lines: string[]) => parse(...lines).rows[0]?.transaction;

const year = [
  row('Deposit', { ID: 'd1', Total: '1000.00' }),
  row('Market buy', {
    ...acme,
    ID: 'EOF1',
    'No. of shares': '20',
    'Price / share': '546.00',
    'Currency (Price / share)': 'GBX',
    'Exchange rate': '100',
    Total: '109.75',
    'Stamp duty reserve tax': '0.55',
    'Currency (Stamp duty reserve tax)': 'GBP',
  }),
  row('Limit sell', {
    ISIN: 'US0000000019',
    Ticker: 'USA',
    ID: 'EOF2',
    'No. of shares': '2',
    'Price / share': '50.00',
    'Currency (Price / share)': 'USD',
    'Exchange rate': '1.25',
    Result: '-3.10',
    'Currency (Result)': 'GBP',
    Total: '79.88',
    'Currency conversion fee': '0.12',
    'Currency (Currency conversion fee)': 'GBP',
  }),
  row('Dividend (Dividend)', {
    ...acme,
    'No. of shares': '100',
    'Price / share': '0.85',
    'Currency (Price / share)': 'USD',
    Total: '68.00',
    'Withholding tax': '15.00',
    'Currency (Withholding tax)': 'USD',
  }),
  row('Card debit', {
    ID: 'c1',
    Total: '-4.30',
    'Merchant name': 'Bakery',
    'Merchant category': 'FOOD',
  }),
  row('Currency conversion', {
    ID: 'f1',
    'Currency conversion from amount': '-100.00',
    'Currency (Currency conversion from amount)': 'GBP',
    'Currency conversion to amount': '116.50',
    'Currency (Currency conversion to amount)': 'EUR',
    'Currency conversion fee': '0.15',
    'Currency (Currency conversion fee)': 'GBP',
  }),
  row('Interest on cash', { ID: 'i1', Total: '0.07' }),
  row('Withdrawal', { ID: 'w1', Total: '-50.00' }),
];

describe('Trading 212 history', () => {
  it('takes pence as pounds and the gross amount from the total', () => {
    expect(one(year[1] ?? '')).toEqual({
      type: 'buy',
      effectiveAt: '2025-03-04',
      time: '10:11:12',
      instrument: {
        isin: 'GB0000000018',
        symbol: 'ACM',
        name: 'Acme',
        currency: 'GBP',
        priceFactor: price('0.01'),
      },
      quantity: decimal('20'),
      price: price('5.46'),
      amount: decimal('109.2'),
      currency: 'GBP',
      fee: 0n,
      tax: decimal('0.55'),
    });
  });

  it('settles a foreign sale in what was really received', () => {
    expect(one(year[2] ?? '')).toMatchObject({
      type: 'sell',
      amount: decimal('100'),
      currency: 'USD',
      fee: decimal('0.12'),
      feeCurrency: 'GBP',
      settlement: { currency: 'GBP', amount: decimal('79.88') },
    });
  });

  it('takes the price per share of a dividend as after withholding', () => {
    expect(one(year[3] ?? '')).toMatchObject({
      type: 'dividend',
      amount: decimal('100'),
      tax: decimal('15'),
      currency: 'USD',
      settlement: { currency: 'GBP', amount: decimal('68') },
    });
  });

  it('moves cash by just what the totals say', () => {
    expect(cashEffects(parse(...year).rows)).toEqual({ GBP: '883.9', EUR: '116.5' });
  });

  it('reads columns that carry their currency in the title', () => {
    const older = [
      'Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result (EUR),Total (EUR),Charge amount (EUR),Notes,ID,Currency conversion fee (EUR)',
      'Market buy,2021-03-04 10:11:12,US0000000019,USA,"Usa, Inc.",2,50,USD,1.25,,80.12,,,EOF9,0.12',
    ].join('\n');
    expect(trading212.parse(textFile(older), {}).rows[0]?.transaction).toMatchObject({
      settlement: { currency: 'EUR', amount: decimal('80.12') },
      fee: decimal('0.12'),
      feeCurrency: 'EUR',
    });
  });

  it('reads several exports joined in one file, whatever the order of their columns', () => {
    const older =
      'Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),Notes,ID';
    const parsed = parse(year[0] ?? '', older, 'Deposit,2021-01-01 00:00:01,,,,,,,,5.00,GBP,,d0');
    expect(parsed.rows.map(({ transaction }) => transaction.effectiveAt)).toEqual([
      '2021-01-01',
      '2025-03-04',
    ]);
    expect(parsed.ignored.map((ignored) => ignored.line)).toEqual([3]);
  });

  it('makes a split of its two rows, and refuses one alone', () => {
    const close = row('Stock split close', {
      ...acme,
      'No. of shares': '0.5',
      'Price / share': '60',
      'Currency (Price / share)': 'USD',
    });
    const open = row('Stock split open', {
      ...acme,
      'No. of shares': '3',
      'Price / share': '10',
      'Currency (Price / share)': 'USD',
    });
    expect(parse(close, open).rows).toMatchObject([
      {
        line: 2,
        lines: [2, 3],
        transaction: { type: 'split', ratio: { new: decimal('3'), old: decimal('0.5') } },
      },
    ]);
    expect(parse(open).refused).toMatchObject([{ line: 2, code: 'import.other-half-missing' }]);
  });

  it('gives ids only where one row has them', () => {
    const twice = parse(
      row('Deposit', { ID: 'x', Total: '1' }),
      row('Deposit', { ID: 'x', Total: '2' }),
      row('Deposit', { ID: 'y', Total: '3' }),
    );
    expect(twice.rows.map(({ externalId }) => externalId)).toEqual([undefined, undefined, 'y']);
  });

  it.each([
    [row('Quantum leap', { Total: '1' }), 'Action', 'import.unknown-kind'],
    [
      row('Market buy', {
        ...acme,
        'No. of shares': '-2',
        'Price / share': '1',
        'Currency (Price / share)': 'GBP',
        Total: '2',
      }),
      'No. of shares',
      'import.not-positive',
    ],
    [row('Deposit', { Total: '1.5x' }), 'Total', 'import.not-a-number'],
    [
      row('Deposit', { Total: '1', 'Currency (Total)': 'pounds' }),
      'Currency (Total)',
      'import.not-a-currency',
    ],
    [row('Deposit', { Total: '1', 'Time (UTC)': 'soon' }), 'Time (UTC)', 'import.not-a-day'],
    [row('Currency conversion', {}), 'Notes', 'import.conversion-unclear'],
  ])('refuses %s', (text, column, code) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('refuses a row with a charge in a column that is not known', () => {
    const text = `${header},Moon tax,Currency (Moon tax)\n${year[1]},0.10,GBP\n`;
    expect(trading212.parse(textFile(text), {}).refused).toMatchObject([
      { line: 2, column: 'Moon tax', code: 'import.unknown-charge' },
    ]);
  });

  it('accounts for every line of damaged files and never throws', () => {
    expect(
      faultsUnderDamage(trading212, [header, ...year].join('\n'), {
        shape: { delimiter: ',', headerHas: titles.slice(2, 5) },
      }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)(
  'Trading 212 sample exports (skipped where the samples are absent)',
  () => {
    it('takes every row of the sample, also those pasted from a newer export', () => {
      const file = sample('export-samples/trading212-export.csv');
      const parsed = trading212.parse(file, {});
      expect(accountingFaults(file.text, parsed)).toEqual([]);
      expect(parsed.refused).toEqual([]);
      expect(parsed.rows.map(({ transaction }) => transaction.type)).toEqual([
        'interest',
        'deposit',
        'buy',
        'buy',
        'buy',
        'sell',
        'dividend',
        'dividend',
        'dividend',
        'stock-dividend',
        'delivery-out',
        'split',
      ]);
      expect(parsed.rows.find((found) => found.line === 13)?.transaction).toMatchObject({
        ratio: { old: decimal('29.80478'), new: decimal('7.451195') },
      });
    });

    it('reads the single transactions, and refuses the conversion without amounts', () => {
      const paths = samplePaths().filter((path) =>
        path.startsWith('single-transaction/Trading212_'),
      );
      for (const path of paths) {
        const file = sample(path);
        expect([path, trading212.detect(file)]).toEqual([path, 1]);
        expect([path, trading212.parse(file, {}).refused.length]).toEqual([
          path,
          path.includes('Invalid') ? 1 : 0,
        ]);
      }
      expect(paths).toHaveLength(13);
    });

    it('claims no other sample', () => {
      const others = samplePaths().filter((path) => !/trading212/i.test(path));
      expect(others.filter((path) => trading212.detect(sample(path)) > 0)).toEqual([]);
    });
  },
);
