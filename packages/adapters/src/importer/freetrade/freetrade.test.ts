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
import freetrade from './index.ts';

const titles =
  'Title,Type,Timestamp,Account Currency,Total Amount,Buy / Sell,Ticker,ISIN,Price per Share in Account Currency,Stamp Duty,Quantity,Venue,Order ID,Order Type,Instrument Currency,Total Shares Amount,Price per Share,FX Rate,Base FX Rate,FX Fee (BPS),FX Fee Amount,Dividend Ex Date,Dividend Pay Date,Dividend Eligible Quantity,Dividend Amount Per Share,Dividend Gross Distribution Amount,Dividend Net Distribution Amount,Dividend Withheld Tax Percentage,Dividend Withheld Tax Amount'.split(
    ',',
  );

const line = (cells: Readonly<Record<string, string>>): string =>
  titles.map((title) => cells[title] ?? '').join(',');

const row = (Type: string, cells: Readonly<Record<string, string>>): string =>
  line({ Type, Timestamp: '2024-03-04T11:01:19.356Z', 'Account Currency': 'GBP', ...cells });

const acme = { Title: 'Acme', Ticker: 'ACM', ISIN: 'US0000000019', 'Instrument Currency': 'USD' };
const parse = (...lines: string[]) =>
  freetrade.parse(textFile([titles.join(','), ...lines].join('\n')), {});

const month = [
  row('DIVIDEND', {
    ...acme,
    'Total Amount': '6.78',
    'Dividend Gross Distribution Amount': '10.04',
    'Dividend Net Distribution Amount': '8.53',
    'Dividend Withheld Tax Amount': '1.51',
  }),
  row('ORDER', {
    ...acme,
    'Total Amount': '79.00',
    'Buy / Sell': 'SELL',
    Quantity: '1',
    'Order ID': 'O2',
    'Total Shares Amount': '100.00',
    'Price per Share': '100.00',
    'FX Fee Amount': '0.40',
  }),
  row('ORDER', {
    Title: 'Trust',
    Ticker: 'TRU',
    ISIN: 'GB0000000018',
    'Instrument Currency': 'GBP',
    'Total Amount': '100.50',
    'Buy / Sell': 'BUY',
    'Stamp Duty': '0.50',
    Quantity: '10',
    'Order ID': 'O1',
    'Total Shares Amount': '100.00',
    'Price per Share': '10.00',
  }),
  row('MONTHLY_STATEMENT', { Title: 'February' }),
  row('TOP_UP', { 'Total Amount': '1000.00' }),
];

describe('Freetrade activity', () => {
  it('settles a foreign sale in pounds, its fee held back', () => {
    expect(parse(...month).rows.find((found) => found.line === 3)).toEqual({
      line: 3,
      externalId: 'O2',
      transaction: {
        type: 'sell',
        effectiveAt: '2024-03-04',
        time: '11:01:19.356',
        instrument: { isin: 'US0000000019', symbol: 'ACM', name: 'Acme', currency: 'USD' },
        quantity: decimal('1'),
        price: price('100'),
        amount: decimal('100'),
        currency: 'USD',
        fee: decimal('0.4'),
        feeCurrency: 'GBP',
        tax: 0n,
        settlement: { currency: 'GBP', amount: decimal('79') },
      },
    });
  });

  it('moves cash by just the totals, and ignores documents', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ GBP: '985.28' });
    expect(parsed.ignored).toMatchObject([{ line: 5 }]);
  });

  it('takes a dividend before tax, in the currency that paid it', () => {
    expect(parse(...month).rows.find((found) => found.line === 2)?.transaction).toMatchObject({
      amount: decimal('10.04'),
      tax: decimal('1.51'),
      currency: 'USD',
      settlement: { currency: 'GBP', amount: decimal('6.78') },
    });
  });

  it('takes a free share as income of its worth', () => {
    const free = row('FREESHARE_ORDER', {
      ...acme,
      'Total Amount': '4.95',
      Quantity: '1',
      'Total Shares Amount': '0.00',
    });
    expect(parse(free).rows[0]?.transaction).toMatchObject({
      type: 'other-income',
      amount: decimal('4.95'),
      reinvested: { quantity: decimal('1') },
    });
  });

  it.each([
    [row('LEVITATION', { 'Total Amount': '1' }), 'Type', 'import.unknown-kind'],
    [
      row('ORDER', {
        ...acme,
        'Total Amount': '1',
        'Buy / Sell': 'HOLD',
        Quantity: '1',
        'Total Shares Amount': '1',
        'Price per Share': '1',
      }),
      'Buy / Sell',
      'import.unknown-kind',
    ],
    [row('TOP_UP', { 'Total Amount': 'much' }), 'Total Amount', 'import.not-a-number'],
    [row('TOP_UP', { 'Total Amount': '1', Timestamp: 'now' }), 'Timestamp', 'import.not-a-day'],
    [
      row('DIVIDEND', { 'Total Amount': '1', 'Instrument Currency': 'USD' }),
      'ISIN',
      'import.missing',
    ],
  ])('refuses %s', (text, column, code) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { delimiter: ',', headerHas: ['Title', 'Timestamp', 'ISIN'] } as const;
    expect(
      faultsUnderDamage(freetrade, [titles.join(','), ...month].join('\n'), { shape }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)(
  'Freetrade sample export (skipped where the samples are absent)',
  () => {
    const file = () => sample('export-samples/freetrade-export.csv');

    it('takes every row', () => {
      const parsed = freetrade.parse(file(), {});
      expect(accountingFaults(file().text, parsed)).toEqual([]);
      expect(parsed.refused).toEqual([]);
      expect(parsed.rows).toHaveLength(11);
      expect(parsed.ignored).toHaveLength(2);
      // 1000 + 26.69 + 0.31 + 0.21 + 6.78 + 0.07 in; 2412.19 + 992.50 + 5068.25 + 1996.75 out.
      expect(cashEffects(parsed.rows)).toEqual({ GBP: '-9435.63' });
    });

    it('claims its own sample and no other', () => {
      expect(samplePaths().filter((path) => freetrade.detect(sample(path)) > 0)).toEqual([
        'export-samples/freetrade-export.csv',
      ]);
    });
  },
);
