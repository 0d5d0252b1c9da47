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
import saxo from './index.ts';

const header =
  'Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Exchange Description,Instrument Symbol,Event,Amount,Order ID,Conversion Rate';

const parse = (lines: readonly string[], currency?: string) =>
  saxo.parse(textFile([header, ...lines].join('\n')), currency === undefined ? {} : { currency });

const month = [
  '1,28-Mar-2025,28-Mar-2025,Cash Transfer,,,EUR,Unknown,,Withdrawal,-50,,1',
  '1,26-Mar-2025,26-Mar-2025,Cash amount,,,EUR,,,Custody Fee,"-3,91",,1',
  '1,20-mrt-2025,20-mrt-2025,Corporate action,Acme,US0000000019,USD,NASDAQ,ACM:xnas,Dividend,"1,83",,0.92139706',
  '1,12-Mar-2025,14-Mar-2025,Transactie,Fund,IE0000000013,EUR,Euronext Amsterdam,FUN:xams,Verkoop 1 @ 110.00 EUR,"108,00",,1',
  '1,11-Mar-2025,12-Mar-2025,Trade,Acme,US0000000019,USD,NASDAQ,ACM:xnas,Buy 3 @ 100.00 USD,"-278,00",,0.92',
  '1,10-Mar-2025,12-Mar-2025,Trade,Fund,IE0000000013,EUR,Euronext Amsterdam,FUN:xams,Buy 3 @ 110.00 EUR,-332,,1',
  '1,03-Mar-2025,03-Mar-2025,Cash Transfer,,,EUR,Unknown,,Deposit,1000,,1',
];

describe('Saxo transactions', () => {
  it('finds the costs between the price and what was paid', () => {
    expect(parse(month).rows.find((row) => row.line === 7)?.transaction).toEqual({
      type: 'buy',
      effectiveAt: '2025-03-10',
      instrument: {
        isin: 'IE0000000013',
        symbol: 'FUN',
        mic: 'XAMS',
        name: 'Fund',
        currency: 'EUR',
      },
      quantity: decimal('3'),
      price: price('110'),
      amount: decimal('330'),
      currency: 'EUR',
      fee: decimal('2'),
      tax: 0n,
    });
    expect(parse(month).rows.find((row) => row.line === 5)?.transaction).toMatchObject({
      type: 'sell',
      amount: decimal('110'),
      fee: decimal('2'),
    });
  });

  it('settles a converted trade in what was paid', () => {
    expect(parse(month).rows.find((row) => row.line === 6)?.transaction).toMatchObject({
      amount: decimal('300'),
      currency: 'USD',
      settlement: { currency: 'EUR', amount: decimal('278') },
    });
  });

  it('takes pence as pounds, and the instrument as priced in pence', () => {
    const bought =
      '1,10-Mar-2025,12-Mar-2025,Trade,Acme,GB0000000018,GBP,LSE,ACM:xlon,Buy 10 @ 250.00 GBX,-25,,1';
    expect(parse([bought]).rows).toMatchObject([
      {
        transaction: {
          instrument: { symbol: 'ACM', currency: 'GBP', priceFactor: price('0.01') },
          price: price('2.5'),
          amount: decimal('25'),
          currency: 'GBP',
        },
      },
    ]);
  });

  it('moves cash by just the sum of the amounts', () => {
    const parsed = parse(month);
    expect(parsed.refused).toEqual([]);
    expect(parsed.currency).toBe('EUR');
    expect(cashEffects(parsed.rows)).toEqual({ EUR: '445.92' });
  });

  it('asks for the currency of the account where converted rows leave it open', () => {
    const converted = month.slice(2, 3);
    expect(parse(converted).refused).toMatchObject([{ line: 2, code: 'import.currency-unknown' }]);
    expect(parse(converted, 'EUR').rows).toMatchObject([
      { transaction: { type: 'dividend', currency: 'EUR' } },
    ]);
  });

  it.each([
    [
      '1,10-Mar-2025,,Trade,F,IE0000000013,EUR,,F:xams,Borrow 3 @ 1 EUR,-3,,1',
      'Event',
      'import.unknown-kind',
    ],
    [
      '1,10-Mar-2025,,Corporate action,F,IE0000000013,EUR,,F:xams,Spin-off,0,,1',
      'Event',
      'import.unknown-kind',
    ],
    [
      '1,10-Mar-2025,,Trade,F,IE0000000013,EUR,,F:xams,Buy 3 @ 1 EUR,3,,1',
      'Amount',
      'import.wrong-sign',
    ],
    ['1,10-Mar-2025,,Trade,,,EUR,,,Buy 3 @ 1 EUR,-3,,1', 'Instrument ISIN', 'import.missing'],
    ['1,10-Mug-2025,,Cash Transfer,,,EUR,,,Deposit,3,,1', 'Trade Date', 'import.not-a-day'],
    ['1,10-Mar-2025,,Cash Transfer,,,EUR,,,Deposit,three,,1', 'Amount', 'import.not-a-number'],
  ])('refuses %s', (line, column, code) => {
    expect(parse([line])).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { headerHas: ['Trade Date', 'Event'] };
    expect(faultsUnderDamage(saxo, [header, ...month].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('Saxo sample export (skipped where the samples are absent)', () => {
  const file = () => sample('export-samples/saxo-export.csv');

  it('takes every row once the currency of the account is known', () => {
    const parsed = saxo.parse(file(), { currency: 'EUR' });
    expect(accountingFaults(file().text, parsed)).toEqual([]);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toHaveLength(30);
    expect(saxo.parse(file(), {}).refused.map((row) => row.line)).toEqual([2, 3]);
  });

  it('finds the commission of one dollar on Nvidia', () => {
    const bought = saxo.parse(file(), {}).rows.find((row) => row.line === 10);
    expect(bought?.transaction).toMatchObject({ amount: decimal('404.55'), fee: decimal('1') });
  });

  it('claims its own sample and no other', () => {
    expect(samplePaths().filter((path) => saxo.detect(sample(path)) > 0)).toEqual([
      'export-samples/saxo-export.csv',
    ]);
  });
});
