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
import bux from './index.ts';

const header =
  'Transaction Time (CET),Transaction Category,Transaction Type,Transfer Type,Transaction Amount,Transaction Currency,Cash Balance Amount,Asset Id,Asset Name,Asset Quantity,Asset Price,Asset Currency,Currency Pair,Exchange Rate,Profit And Loss Amount,Profit And Loss Currency,Dividend Currency,Dividend Gross Amount,Dividend Net Amount,Dividend Tax Amount,Transaction Description';

const parse = (...lines: string[]) => bux.parse(textFile([header, ...lines].join('\n')), {});

const month = [
  '2024-03-01 08:00:00.000000,deposits,Sepa Deposit,,1000,EUR,1000,,,,,,,,,,,,,,',
  '2024-03-04 13:37:29.383000,trades,Buy Trade,,-110.8,EUR,889.2,NL0000000018,Bank,10,11.08,EUR,,,,,,,,,',
  '2024-03-04 13:37:29.384000,fees,Trading Fee,,-1.5,EUR,887.7,NL0000000018,Bank,,,,,,,,,,,,',
  '2024-03-05 16:45:18.652000,trades,Buy Trade,,-100,EUR,787.7,US0000000019,Acme,1,115,USD,EURUSD,1.15,,,,,,,',
  '2024-03-10 11:38:06.646000,dividends,Cash Dividend,,0.87,EUR,788.57,US0000000019,Acme,,,,EURUSD,1.15,,,USD,1.18,1.00,0.18,',
  '2024-03-11 11:00:00.000000,corporate_actions,General Corporate Action,ASSET_REDEEM,-110.8,EUR,,NL0000000018,Bank,10,11.08,EUR,,,,,,,,,Stock split Bank',
  '2024-03-11 11:00:02.000000,corporate_actions,General Corporate Action,ASSET_DEPOSIT,110.8,EUR,,NL0000000018,Bank,40,2.77,EUR,,,,,,,,,Stock split Bank',
  '2024-03-20 10:00:00.000000,interest,Interest Payment,,0.23,EUR,788.8,,,,,,,,,,,,,,',
  '2024-03-31 18:00:00.000000,fees,Subscription Fee,,-2.99,EUR,785.81,,,,,,,,,,,,,,',
];

describe('BUX transactions', () => {
  it('joins a trade and the fee of the same second', () => {
    expect(parse(...month).rows.find((row) => row.line === 3)).toEqual({
      line: 3,
      lines: [3, 4],
      transaction: {
        type: 'buy',
        effectiveAt: '2024-03-04',
        time: '13:37:29.383000',
        instrument: { isin: 'NL0000000018', name: 'Bank', currency: 'EUR' },
        quantity: decimal('10'),
        price: price('11.08'),
        amount: decimal('110.8'),
        currency: 'EUR',
        fee: decimal('1.5'),
        tax: 0n,
      },
    });
  });

  it('moves cash as the balance column does', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ EUR: '785.81' });
  });

  it('settles what trades and pays in dollars', () => {
    const [bought, paid] = parse(...month).rows.slice(2, 4);
    expect(bought?.transaction).toMatchObject({
      amount: decimal('115'),
      currency: 'USD',
      settlement: { currency: 'EUR', amount: decimal('100') },
    });
    expect(paid?.transaction).toMatchObject({
      type: 'dividend',
      amount: decimal('1.18'),
      tax: decimal('0.18'),
      settlement: { currency: 'EUR', amount: decimal('0.87') },
    });
  });

  it('takes pence as pounds, and the instrument as priced in pence', () => {
    const bought =
      '2024-03-05 16:45:18.652000,trades,Buy Trade,,-29,EUR,0,GB0000000018,Acme,10,250,GBX,EURGBP,0.86,,,,,,,';
    expect(parse(bought).rows).toMatchObject([
      {
        transaction: {
          instrument: { isin: 'GB0000000018', currency: 'GBP', priceFactor: price('0.01') },
          price: price('2.5'),
          amount: decimal('25'),
          settlement: { currency: 'EUR', amount: decimal('29') },
        },
      },
    ]);
  });

  it('makes a split of its two rows, which move no cash', () => {
    expect(parse(...month).rows.find((row) => row.line === 7)?.transaction).toMatchObject({
      type: 'split',
      ratio: { old: decimal('10'), new: decimal('40') },
    });
    expect(parse(month[5] ?? '').refused).toMatchObject([
      { line: 2, code: 'import.other-half-missing' },
    ]);
  });

  it.each([
    [
      '2024-03-01 08:00:00,dreams,Sepa Deposit,,1000,EUR,,,,,,,,,,,,,,,',
      'Transaction Category',
      'import.unknown-kind',
    ],
    [
      '2024-03-01 08:00:00,others,Mystery,,1000,EUR,,,,,,,,,,,,,,,',
      'Transaction Type',
      'import.unknown-kind',
    ],
    [
      '2024-03-01 08:00:00,deposits,Sepa Deposit,,,500,EUR,500,,,,,,,,,,,,,',
      'Transaction Amount',
      'import.missing',
    ],
    [
      '2024-03-01 08:00:00,trades,Buy Trade,,-1,EUR,,,,1,1,EUR,,,,,,,,,',
      'Asset Id',
      'import.missing',
    ],
    [
      'never,deposits,Sepa Deposit,,500,EUR,500,,,,,,,,,,,,,,',
      'Transaction Time (CET)',
      'import.not-a-day',
    ],
  ])('refuses %s', (line, column, code) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { delimiter: ',', headerHas: ['Transaction Category', 'Asset Id'] } as const;
    expect(faultsUnderDamage(bux, [header, ...month].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('BUX sample export (skipped where the samples are absent)', () => {
  const file = () => sample('export-samples/bux-export.csv');

  it('takes every row but two whose cells are shifted', () => {
    const parsed = bux.parse(file(), {});
    expect(accountingFaults(file().text, parsed)).toEqual([]);
    expect(parsed.refused).toMatchObject([
      { line: 2, column: 'Transaction Amount' },
      { line: 3, column: 'Transaction Amount' },
    ]);
    expect(parsed.rows).toHaveLength(21);
    expect(parsed.rows.find((row) => row.line === 24)?.transaction).toMatchObject({
      type: 'split',
      ratio: { old: decimal('2'), new: decimal('8') },
    });
  });

  it('claims its own sample and no other', () => {
    expect(samplePaths().filter((path) => bux.detect(sample(path)) > 0)).toEqual([
      'export-samples/bux-export.csv',
    ]);
  });
});
