import { readFileSync } from 'node:fs';
import { formatDecimal } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { knownTypes } from '../../importer-kit/native/native-type.ts';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import plimsollCsv from './index.ts';

const header = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const parse = (...lines: string[]) =>
  plimsollCsv.parse(textFile([header, ...lines].join('\n')), {});

/** The numbers of a transaction as text, so that tables can be read. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return formatDecimal(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
};
const only = (line: string) => {
  const parsed = parse(line);
  expect(parsed.refused).toEqual([]);
  expect(parsed.rows).toHaveLength(1);
  return plain(parsed.rows[0]);
};
const refusal = (line: string) => {
  const parsed = parse(line);
  expect(parsed.rows).toEqual([]);
  expect(parsed.refused).toHaveLength(1);
  return parsed.refused[0];
};

describe('amounts of a trade', () => {
  test.each`
    title                                          | line                                                | amount
    ${'quantity × price where no amount is given'} | ${'2026-01-05,buy,AAPL,10,150.25,,1,,USD,,'}        | ${'1502.5'}
    ${'the amount where no price is given'}        | ${'2026-01-05,buy,AAPL,10,,1502.5,1,,USD,,'}        | ${'1502.5'}
    ${'the stated amount wins within 1 %'}         | ${'2026-01-05,buy,AAPL,10,150.25,1502.49,1,,USD,,'} | ${'1502.49'}
    ${'a net amount of a buy gives back its fee'}  | ${'2026-01-05,buy,AAPL,10,150.25,1503.5,1,,USD,,'}  | ${'1502.5'}
    ${'a net amount, rounded to cents'}            | ${'2026-01-05,buy,AAPL,3,33.333,101.00,1,,USD,,'}   | ${'100'}
    ${'a net sale adds fee and tax'}               | ${'2026-01-05,sell,AAPL,10,150,1490,1,9,USD,,'}     | ${'1500'}
    ${'the sign of a sale may be written'}         | ${'2026-01-05,sell,AAPL,-10,150,,1,,USD,,'}         | ${'1500'}
    ${'and the cash of a buy as it left'}          | ${'2026-01-05,buy,AAPL,10,,-1502.5,1,,USD,,'}       | ${'1502.5'}
    ${'nothing paid'}                              | ${'2026-01-05,buy,AAPL,10,0,,,,USD,,'}              | ${'0'}
    ${'pence are pounds'}                          | ${'2026-01-05,buy,VOD,10,75,,50,,GBp,,'}            | ${'7.5'}
  `('$title', ({ line, amount }) => {
    expect(only(line)).toMatchObject({ transaction: { amount } });
  });

  test('a net amount that is also within 1 % of the gross one is still the net one', () => {
    expect(only('2026-01-05,buy,AAPL,10,150,1501,1,,USD,,')).toMatchObject({
      transaction: { amount: '1500', fee: '1' },
    });
  });

  test('refuses an amount that neither reading explains, naming both', () => {
    expect(refusal('2026-01-05,buy,AAPL,10,150,1600,1,,USD,,')).toMatchObject({
      line: 2,
      column: 'amount',
      value: '1600',
      code: 'import.amounts-disagree',
      reason: expect.stringContaining('10 × 150'),
    });
  });

  test('the multiplier of a contract counts', () => {
    const parsed = plimsollCsv.parse(
      textFile(`${header},multiplier\n2026-01-05,buy,AAPL C150,2,3.5,700,,,USD,,,100`),
      {},
    );
    expect(plain(parsed.rows[0])).toMatchObject({
      transaction: { amount: '700', instrument: { multiplier: '100' } },
    });
  });

  test('an option with a price alone needs its multiplier', () => {
    const parsed = plimsollCsv.parse(
      textFile(`${header},kind\n2026-01-05,buy,AAPL C150,2,3.5,,,,USD,,,option`),
      {},
    );
    expect(parsed.refused[0]).toMatchObject({ code: 'import.missing-multiplier' });
  });
});

describe('one row of each kind', () => {
  test.each`
    line                                                   | expected
    ${'2026-01-05,deposit,,,,1000,,,EUR,,'}                | ${{ type: 'deposit', amount: '1000', currency: 'EUR' }}
    ${'2026-01-05,deposit,,1000,,,,,EUR,,'}                | ${{ type: 'deposit', amount: '1000' }}
    ${'2026-01-05,WITHDRAWAL,,,,-50,,,eur,,'}              | ${{ type: 'withdrawal', amount: '50', currency: 'EUR' }}
    ${'2026-01-05,Transfer In,BTC,0.5,,,,,EUR,,'}          | ${{ type: 'delivery-in', quantity: '0.5', instrument: { symbol: 'BTC' } }}
    ${'2026-01-05,delivery-out,BTC,-0.5,,900,,,EUR,,'}     | ${{ type: 'delivery-out', quantity: '0.5', amount: '900' }}
    ${'2026-01-05,transfer,AAPL,3,,,,,USD,A -> B,'}        | ${{ type: 'transfer', toAccount: 'B', quantity: '3' }}
    ${'2026-01-05,transfer,,,,250,,,USD,A -> B,'}          | ${{ type: 'transfer', toAccount: 'B', quantity: '250' }}
    ${'2026-01-05,opening-balance,AAPL,3,100,,,,USD,,'}    | ${{ type: 'opening-balance', quantity: '3', cost: '300' }}
    ${'2026-01-05,opening-balance,,,,-20,,,USD,,'}         | ${{ type: 'opening-balance', quantity: '-20', cost: '-20' }}
    ${'2026-01-05,dividend,AAPL,40,0.24,,,1.44,USD,,'}     | ${{ type: 'dividend', amount: '9.6', tax: '1.44' }}
    ${'2026-01-05,dividend,AAPL,,,-9.6,,,USD,,'}           | ${{ type: 'dividend', amount: '-9.6' }}
    ${'2026-01-05,reinvest,AAPL,0.1,,20,,,USD,,'}          | ${{ type: 'dividend', amount: '20', reinvested: { quantity: '0.1', instrument: { symbol: 'AAPL' } } }}
    ${'2026-01-05,staking,ETH,0.01,,25,,,EUR,,'}           | ${{ type: 'staking', amount: '25', reinvested: { quantity: '0.01' } }}
    ${'2026-01-05,interest,,,,3,,0.5,EUR,,'}               | ${{ type: 'interest', amount: '3', tax: '0.5' }}
    ${'2026-01-05,interest,,,,-3,,,EUR,,'}                 | ${{ type: 'margin-interest', amount: '3' }}
    ${'2026-01-05,fee,,,,2.5,,,EUR,,'}                     | ${{ type: 'fee', amount: '2.5' }}
    ${'2026-01-05,fee,,,,,2.5,,EUR,,'}                     | ${{ type: 'fee', amount: '2.5' }}
    ${'2026-01-05,tax-refund,,,,2.5,,,EUR,,'}              | ${{ type: 'tax', amount: '-2.5' }}
    ${'2026-01-05,fx,USD,1100,,1000,,,EUR,,'}              | ${{ type: 'fx', sold: { currency: 'EUR', amount: '1000' }, bought: { currency: 'USD', amount: '1100' } }}
    ${'2026-01-05,split,AAPL,10,,,,,,,'}                   | ${{ type: 'split', ratio: { new: '10', old: '1' } }}
    ${'2026-01-05,split,AAPL,0.05,,,,,,,'}                 | ${{ type: 'split', ratio: { new: '0.05', old: '1' } }}
    ${'2026-01-05,split,AAPL,1:20,,,,,,,'}                 | ${{ type: 'split', ratio: { new: '1', old: '20' } }}
    ${'2026-01-05,stock-dividend,AAPL,3,,,,,,,'}           | ${{ type: 'stock-dividend', added: '3' }}
    ${'2026-01-05,delisting,AAPL,,,,,,USD,,'}              | ${{ type: 'delisting', amount: '0' }}
    ${'2026-01-05,adjustment,AAPL,-1,,,,,USD,,lost'}       | ${{ type: 'adjustment', quantity: '-1', reason: 'lost', amount: '0' }}
    ${'2026-01-05,redemption,DBR 0 26,1000,,1000,,,EUR,,'} | ${{ type: 'redemption', amount: '1000' }}
  `('$line', ({ line, expected }) => {
    expect(only(line)).toMatchObject({ transaction: { effectiveAt: '2026-01-05', ...expected } });
  });

  test('a transfer belongs to the account it comes from', () => {
    expect(only('2026-01-05,transfer,AAPL,3,,,,,USD,A -> B,')).toMatchObject({ account: 'A' });
  });

  test('a date may carry the time, and codes keep their zeros', () => {
    expect(only('2026-01-05T14:30:00Z,buy,0700,1,2,,,,HKD,,')).toMatchObject({
      transaction: { effectiveAt: '2026-01-05', time: '14:30:00', instrument: { symbol: '0700' } },
    });
  });
});

describe('refusals', () => {
  test.each`
    title                                 | line                                      | column        | code
    ${'an unknown type'}                  | ${'2026-01-05,swap,AAPL,1,2,,,,USD,,'}    | ${'type'}     | ${'import.unknown-type'}
    ${'a buy of negative units'}          | ${'2026-01-05,buy,AAPL,-1,2,,,,USD,,'}    | ${'quantity'} | ${'import.wrong-sign'}
    ${'a sale that costs cash'}           | ${'2026-01-05,sell,AAPL,1,,-2,,,USD,,'}   | ${'amount'}   | ${'import.wrong-sign'}
    ${'a negative deposit'}               | ${'2026-01-05,deposit,,,,-5,,,EUR,,'}     | ${'amount'}   | ${'import.wrong-sign'}
    ${'a fee that may be a refund'}       | ${'2026-01-05,fee,,,,-5,,,EUR,,'}         | ${'amount'}   | ${'import.wrong-sign'}
    ${'no price and no amount'}           | ${'2026-01-05,buy,AAPL,1,,,,,USD,,'}      | ${'amount'}   | ${'import.missing-value'}
    ${'a quantity of zero'}               | ${'2026-01-05,buy,AAPL,0,5,,,,USD,,'}     | ${'quantity'} | ${'import.zero'}
    ${'a day that is none'}               | ${'2026-02-30,buy,AAPL,1,5,,,,USD,,'}     | ${'date'}     | ${'import.not-a-day'}
    ${'a day written another way'}        | ${'05.01.2026,buy,AAPL,1,5,,,,USD,,'}     | ${'date'}     | ${'import.not-a-day'}
    ${'text for a number'}                | ${'2026-01-05,buy,AAPL,12abc,5,,,,USD,,'} | ${'quantity'} | ${'import.not-a-number'}
    ${'no currency'}                      | ${'2026-01-05,buy,AAPL,1,5,,,,,,'}        | ${'currency'} | ${'import.missing-currency'}
    ${'no instrument'}                    | ${'2026-01-05,buy,,1,5,,,,USD,,'}         | ${'symbol'}   | ${'import.missing-instrument'}
    ${'units deposited as cash'}          | ${'2026-01-05,deposit,AAPL,1,5,,,,USD,,'} | ${'symbol'}   | ${'import.not-cash'}
    ${'a fee that a deposit cannot have'} | ${'2026-01-05,deposit,,,,5,1,,EUR,,'}     | ${'fee'}      | ${'import.unused-value'}
    ${'a transfer to nowhere'}            | ${'2026-01-05,transfer,,,,5,,,EUR,A,'}    | ${'account'}  | ${'import.missing-account'}
    ${'a conversion into itself'}         | ${'2026-01-05,fx,EUR,5,,5,,,EUR,,'}       | ${'symbol'}   | ${'import.same-currency'}
    ${'a cell too many'}                  | ${'2026-01-05,deposit,,,,5,,,EUR,,,oops'} | ${null}       | ${'import.too-many-cells'}
  `('$title', ({ line, column, code }) => {
    expect(refusal(line)).toMatchObject({ line: 2, column, code });
  });

  test('an unknown type is answered with all that are known', () => {
    expect(refusal('2026-01-05,swap,AAPL,1,2,,,,USD,,')?.fix).toContain(knownTypes);
  });

  test('a column that is not known refuses the file rather than lose what it says', () => {
    const parsed = plimsollCsv.parse(
      textFile(`${header},commision\n2026-01-05,deposit,,,,5,,,EUR,,,1`),
      {},
    );
    expect(parsed).toMatchObject({
      rows: [],
      refused: [{ line: 1, code: 'import.wrong-header', value: 'commision' }],
    });
  });

  test('one id names one transaction', () => {
    const parsed = plimsollCsv.parse(
      textFile(
        'date,type,amount,currency,id\n2026-01-05,deposit,5,EUR,x1\n2026-01-06,deposit,5,EUR,x1',
      ),
      {},
    );
    expect(parsed.rows).toHaveLength(1);
    expect(parsed.refused).toMatchObject([{ line: 3, column: 'id', code: 'import.same-id' }]);
  });
});

describe('the file', () => {
  test('columns may come in any order and case, with semicolons or tabs', () => {
    for (const delimiter of [';', '\t']) {
      const text = 'Amount;TYPE;Currency;Date\n5;deposit;EUR;2026-01-05'.replaceAll(';', delimiter);
      expect(plimsollCsv.parse(textFile(text), {}).rows).toHaveLength(1);
    }
  });

  test('the currency given on import stands in where the file has none', () => {
    const parsed = plimsollCsv.parse(textFile('date,type,amount\n2026-01-05,deposit,5'), {
      currency: 'CHF',
    });
    expect(parsed.rows[0]?.transaction).toMatchObject({ currency: 'CHF' });
  });

  test('is recognised by its header, others are not', () => {
    expect(plimsollCsv.detect(textFile(`${header}\n`))).toBe(1);
    expect(plimsollCsv.detect(textFile('date,type,symbol,quantity,price,currency\n'))).toBe(0.9);
    expect(
      plimsollCsv.detect(textFile('Date,Ticker,Type,Quantity,Price per share,Total Amount\n')),
    ).toBe(0);
    expect(plimsollCsv.detect(textFile('date,open,high,low,close\n'))).toBe(0);
  });

  test.skipIf(!haveSamples)('no export of a broker is taken for ours', () => {
    for (const path of samplePaths()) {
      expect([path, plimsollCsv.detect(sample(path))]).toEqual([path, 0]);
    }
  });

  test('time grows with the rows: twenty thousand take no more than seconds', () => {
    const row = '2026-01-05,buy,AAPL,10,150.25,1502.5,1,,USD,Main,note';
    const text = `${header}\n${`${row}\n`.repeat(20_000)}`;
    expect(plimsollCsv.parse(textFile(text), {}).rows).toHaveLength(20_000);
  }, 5_000);

  test('rows come out oldest first', () => {
    const parsed = parse('2026-01-06,deposit,,,,1,,,EUR,,', '2026-01-05,deposit,,,,2,,,EUR,,');
    expect(parsed.rows.map((row) => row.line)).toEqual([3, 2]);
  });

  test('the examples of the guide are read without a refusal', () => {
    const guide = readFileSync(
      new URL('../../../../../docs/guides/native-csv.md', import.meta.url),
      'utf8',
    );
    const examples = [...guide.matchAll(/```csv\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
    expect(examples).toHaveLength(2);
    for (const text of examples) {
      const parsed = plimsollCsv.parse(textFile(text), { currency: 'EUR' });
      expect(parsed.refused).toEqual([]);
      expect(parsed.rows).toHaveLength(text.trim().split('\n').length - 1);
    }
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      '2026-01-05,buy,AAPL,10,150.25,,1,,USD,Main,"two\nlines"',
      '2026-01-06,split,AAPL,10:1,,,,,,Main,',
      '2026-01-07,fx,USD,1100,,1000,,,EUR,,',
      '2026-01-08,staking,ETH,0.01,,25,,,EUR,,"a ""quote"""',
      '2026-01-09,transfer,AAPL,3,,,,,USD,A -> B,',
    ].join('\n');
    expect(faultsUnderDamage(plimsollCsv, text)).toEqual([]);
  });
});
