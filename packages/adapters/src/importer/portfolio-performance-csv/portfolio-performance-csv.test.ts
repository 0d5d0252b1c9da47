import { decimal, formatDecimal } from '@plimsoll/kernel';
import type { ImportedTransaction, ImportOptions, ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import importer from './index.ts';

const parse = (text: string, options: ImportOptions = {}): ParsedFile =>
  importer.parse(textFile(text), options);

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const english = `Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,ISIN,WKN,Ticker Symbol,Security Name,Note
2024-01-02T00:00,Deposit,"5,000.00",EUR,,,,,,,,,,,start
2024-01-10T14:30,Buy,"-1,005.90",EUR,,,,5.90,,10,DE0000000001,000001,AAA.DE,Alpha AG,
2024-01-11T00:00,Buy,-464.00,EUR,"500.00",USD,0.9180,5.00,,4.5,US0000000002,,BBB,Beta Inc,
2024-02-10T10:00,Sell,597.10,EUR,,,,1.90,1.00,5,DE0000000001,000001,AAA.DE,Alpha AG,half
2024-03-01T00:00,Dividend,8.50,EUR,,,,,1.50,5,DE0000000001,000001,AAA.DE,Alpha AG,
2024-03-02T00:00,Interest,0.75,EUR,,,,,0.25,,,,,,
2024-03-03T00:00,Interest Charge,-2.00,EUR,,,,,,,,,,,
2024-03-04T00:00,Fees,-3.00,EUR,,,,,,,,,,,
2024-03-05T00:00,Fees Refund,1.00,EUR,,,,,,,,,,,
2024-03-06T00:00,Taxes,-4.00,EUR,,,,,,,,,,,
2024-03-07T00:00,Tax Refund,0.50,EUR,,,,,,,,,,,
2024-03-08T00:00,Withdrawal,-100.00,EUR,,,,,,,,,,,
2024-03-09T00:00,Transfer (Inbound),20.00,EUR,,,,,,,,,,,
2024-03-10T00:00,Transfer (Outbound),-30.00,EUR,,,,,,,,,,,
`;

/** What the account's own column of values sums to: its cash. */
const cash = '4018.95';

const incoming = new Set(['deposit', 'sell', 'dividend', 'interest']);

function effectOnCash(each: ImportedTransaction): bigint {
  const sign = incoming.has(each.type) ? 1n : -1n;
  if ('settlement' in each && each.settlement) return sign * each.settlement.amount;
  const charges = 'fee' in each ? each.fee + each.tax : 0n;
  return 'amount' in each ? sign * (each.amount ?? 0n) - charges : 0n;
}

describe('an account’s transactions, exported in English', () => {
  const parsed = parse(english);

  test('are all read, fees and taxes taken out of the value', () => {
    expect(parsed.refused).toEqual([]);
    expect(parsed.currency).toBe('EUR');
    const [, bought] = transactions(parsed);
    expect(bought).toEqual({
      type: 'buy',
      effectiveAt: '2024-01-10',
      time: '14:30:00',
      instrument: { isin: 'DE0000000001', symbol: 'AAA.DE', name: 'Alpha AG' },
      quantity: decimal('10'),
      amount: decimal('1000'),
      currency: 'EUR',
      fee: decimal('5.9'),
      tax: 0n,
    });
    expect(transactions(parsed)[3]).toMatchObject({
      type: 'sell',
      amount: decimal('600'),
      note: 'half',
    });
    expect(transactions(parsed)[4]).toMatchObject({
      type: 'dividend',
      amount: decimal('10'),
      tax: decimal('1.5'),
    });
  });

  test('state a foreign instrument in its currency, with what settled it', () => {
    expect(transactions(parsed)[2]).toMatchObject({
      amount: decimal('500'),
      currency: 'USD',
      instrument: { currency: 'USD' },
      settlement: { currency: 'EUR', amount: decimal('464') },
      fee: decimal('5'),
      feeCurrency: 'EUR',
    });
  });

  test('leave the cash that the column of values sums to', () => {
    const sum = transactions(parsed).reduce((total, each) => total + effectOnCash(each), 0n);
    expect(formatDecimal(sum)).toBe(cash);
  });

  test('have refunds as negative fees and taxes', () => {
    const figures = transactions(parsed).flatMap((each) =>
      each.type === 'fee' || each.type === 'tax' || each.type === 'margin-interest'
        ? [`${each.type} ${formatDecimal(each.amount)}`]
        : [],
    );
    expect(figures).toEqual(['margin-interest 2', 'fee 3', 'fee -1', 'tax 4', 'tax -0.5']);
  });
});

const german = `Datum;Typ;Wert;Buchungswährung;Bruttobetrag;Währung Bruttobetrag;Wechselkurs;Gebühren;Steuern;Stück;ISIN;WKN;Ticker-Symbol;Wertpapiername;Notiz
2024-01-10T00:00;Kauf;1.005,90;EUR;;;;5,90;;1.000,5;DE0000000001;000001;AAA.DE;Alpha AG;
2024-01-11T00:00;Einlieferung;2.000,00;EUR;;;;;;20;DE0000000002;;;Gamma SE;
2024-02-11T00:00;Auslieferung;-500,00;EUR;;;;;;5;DE0000000002;;;Gamma SE;
2024-02-12T00:00;Verkauf;-99,00;EUR;;;;1,00;;2;DE0000000002;;;Gamma SE;
2024-03-01T00:00;Umbuchung (Eingang);300,00;EUR;;;;;;3;DE0000000002;;;Gamma SE;
2024-03-02T00:00;Schenkung;300,00;EUR;;;;;;3;DE0000000002;;;Gamma SE;
`;

describe('a securities account’s transactions, exported in German', () => {
  const parsed = parse(german);

  test('are read with comma and grouping point', () => {
    expect(transactions(parsed)).toMatchObject([
      { type: 'buy', amount: decimal('1000'), quantity: decimal('1000.5') },
      { type: 'delivery-in', amount: decimal('2000'), quantity: decimal('20') },
      { type: 'delivery-out', amount: decimal('500'), quantity: decimal('5') },
      { type: 'sell', amount: decimal('100'), quantity: decimal('2') },
      { type: 'delivery-in', amount: decimal('300'), quantity: decimal('3') },
    ]);
  });

  test('of an unknown type are refused by line and column', () => {
    expect(parsed.refused).toMatchObject([
      { line: 7, column: 'Typ', value: 'Schenkung', code: 'import.unknown-kind' },
    ]);
  });

  test('read a Swiss export: semicolons, but a point before fractions', () => {
    const swiss = german
      .replace('1.005,90', '1’005.90')
      .replace('2.000,00', '2’000.00')
      .replaceAll(',00', '.00')
      .replace('5,90', '5.90')
      .replace('1.000,5', '1’000.5');
    expect(transactions(parse(swiss))).toEqual(transactions(parsed));
  });
});

const table = `Date,Type,Security,ISIN,Symbol,Shares,Quote,Amount,Fees,Taxes,Net Transaction Value,Account,Offset Account,Note,Source
2024-03-01 00:00:00,Transfer (Outbound),,,,,,500.00,,,500.00,Cash A,Cash B,,
2024-02-20 00:00:00,Transfer (Outbound),Alpha AG,DE0000000001,AAA,2,100.00,200.00,,,200.00,Depot A,Depot B,,
2024-02-10 10:00:00,Sell,Beta Inc,US0000000002,BBB,1,USD 30.00,USD 30.00,USD 1.00,,USD 29.00,Depot B,Cash B,,
2024-01-10 14:30:00,Buy,Alpha AG,DE0000000001,AAA,10,100.00,"1,000.00",5.90,,"1,005.90",Depot A,Cash A,first,file.pdf
2024-01-02 00:00:00,Deposit,,,,,,"5,000.00",,,"5,000.00",Cash A,,,
2024-01-02 00:00:00,Transfer (Outbound),,,,,,1.00,,,1.00,Cash A,Depot A,,
`;

describe('all transactions, saved from the table on screen', () => {
  const parsed = parse(table, { currency: 'EUR' });

  test('make one account of a securities account and the cash account that pays for it', () => {
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows.map((row) => [row.transaction.type, row.account])).toEqual([
      ['deposit', 'Depot A'],
      ['buy', 'Depot A'],
      ['sell', 'Depot B'],
      ['transfer', 'Depot A'],
      ['transfer', 'Depot A'],
    ]);
    expect(transactions(parsed)[3]).toMatchObject({ toAccount: 'Depot B', quantity: decimal('2') });
    expect(transactions(parsed)[4]).toMatchObject({
      toAccount: 'Depot B',
      quantity: decimal('500'),
    });
    expect(parsed.ignored).toMatchObject([{ line: 7 }]);
  });

  test('take the currency before an amount, else the one given on import, else are refused', () => {
    expect(transactions(parsed)[2]).toMatchObject({ currency: 'USD', amount: decimal('30') });
    expect(transactions(parsed)[1]).toMatchObject({ currency: 'EUR' });
    expect(parse(table).refused.map((row) => row.code)).toEqual(
      Array(5).fill('import.missing-currency'),
    );
  });
});

test('a row of nothing is left out, a trade of no units refused', () => {
  const [header] = english.split('\n');
  const parsed = parse(
    `${header}\n2024-03-06T00:00,Taxes,0.00,EUR,,,,,,,,,,,\n2024-03-06T00:00,Buy,-1.00,EUR,,,,,,,,,X,,\n`,
  );
  expect(parsed).toMatchObject({
    rows: [],
    ignored: [{ line: 2 }],
    refused: [{ line: 3, code: 'import.zero' }],
  });
});

test('every line is accounted for, damaged or not', () => {
  for (const text of [english, german, table]) {
    expect(accountingFaults(text, parse(text))).toEqual([]);
    expect(faultsUnderDamage(importer, text, { runs: 90 })).toEqual([]);
  }
});

test('detection goes by the header', () => {
  for (const text of [english, german, table]) expect(importer.detect(textFile(text))).toBe(1);
  expect(importer.detect(textFile('Date,Type,Amount\n2024-01-01,Buy,1'))).toBe(0);
});

describe.skipIf(!haveSamples)(
  'samples of others (skipped where the shared samples are absent)',
  () => {
    test('are not taken for its own', () => {
      const taken = samplePaths().filter((path) => importer.detect(sample(path)) > 0);
      expect(taken).toEqual([]);
    });
  },
);
