import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import coinbase from './index.ts';

const shape = { delimiter: ',', headerHas: ['Timestamp', 'Transaction Type'] } as const;
const newHeader =
  'ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes';
const report = (...lines: string[]) =>
  ['', 'Transactions', 'User,Ann,0000', newHeader, ...lines].join('\n');
const parse = (...lines: string[]) => coinbase.parse(textFile(report(...lines)), {});
const when = '2026-03-02 10:00:00 UTC';

describe('reading a report', () => {
  test('a buy and a sale, gross and fee apart, oldest first', () => {
    const { rows, refused } = parse(
      `b,2026-03-03 11:00:00 UTC,Advanced Trade Sell,BTC,-0.5,EUR,€60000,"€30,000.00","€29,970.00",€30.00,Sold`,
      `a,${when},Buy,BTC,0.5,EUR,€50000,€25000.00,€25020.00,€20.00,Bought 0.5 BTC for 25020 EUR`,
    );
    expect(refused).toEqual([]);
    expect(rows).toMatchObject([
      {
        line: 6,
        externalId: 'a',
        transaction: {
          type: 'buy',
          time: '10:00:00',
          quantity: decimal('0.5'),
          price: price('50000'),
          amount: decimal('25000'),
          fee: decimal('20'),
        },
      },
      {
        line: 5,
        externalId: 'b',
        transaction: {
          type: 'sell',
          quantity: decimal('0.5'),
          amount: decimal('30000'),
          fee: decimal('30'),
        },
      },
    ]);
  });

  test('a conversion is a sale and a buy that leave no cash behind', () => {
    const { rows } = parse(
      `c,${when},Convert,BTC,0.1,EUR,€50000,€4900.00,€5000.00,,Converted 0.1 BTC to 2.5 ETH`,
      `a,2026-03-01 10:00:00 UTC,Receive,BTC,0.1,EUR,€50000,€5000.00,€5000.00,€0.00,`,
    );
    expect(rows.map((row) => row.line)).toEqual([6, 5, 5]);
    expect(rows.slice(1)).toMatchObject([
      {
        externalId: 'c/sold',
        transaction: {
          type: 'sell',
          instrument: { symbol: 'BTC' },
          amount: decimal('5000'),
          fee: 0n,
        },
      },
      {
        externalId: 'c/bought',
        transaction: {
          type: 'buy',
          instrument: { symbol: 'ETH' },
          quantity: decimal('2.5'),
          amount: decimal('4900'),
          fee: decimal('100'),
        },
      },
    ]);
  });

  test.each`
    type                 | asset     | quantity   | expected
    ${'Receive'}         | ${'BTC'}  | ${'0.1'}   | ${{ type: 'delivery-in', amount: decimal('10') }}
    ${'Send'}            | ${'BTC'}  | ${'-0.1'}  | ${{ type: 'delivery-out', quantity: decimal('0.1') }}
    ${'Deposit'}         | ${'EUR'}  | ${'10'}    | ${{ type: 'deposit', amount: decimal('10'), currency: 'EUR' }}
    ${'Withdrawal'}      | ${'EUR'}  | ${'-10'}   | ${{ type: 'withdrawal', amount: decimal('10') }}
    ${'Staking Income'}  | ${'SOL'}  | ${'0.001'} | ${{ type: 'staking', amount: decimal('10'), reinvested: { quantity: decimal('0.001') } }}
    ${'Rewards Income'}  | ${'ETH2'} | ${'1e-5'}  | ${{ type: 'staking', instrument: { symbol: 'ETH' }, reinvested: { quantity: decimal('0.00001') } }}
    ${'Learning Reward'} | ${'GRT'}  | ${'6.4'}   | ${{ type: 'other-income', reinvested: { quantity: decimal('6.4') } }}
  `('$type of $asset', ({ type, asset, quantity, expected }) => {
    const { rows } = parse(`a,${when},${type},${asset},${quantity},EUR,€1,€10.00,€10.00,€0.00,`);
    expect(rows).toMatchObject([{ transaction: expected }]);
  });

  test('ETH2 moved to ETH in two rows is no transaction, one row alone is refused', () => {
    const out = `a,${when},Retail Unstaking Transfer,ETH2,-0.4,EUR,€2000,-€800.00,-€800.00,€0.00,`;
    const back = `b,${when},Retail Unstaking Transfer,ETH,0.4,EUR,€2000,€800.00,€800.00,€0.00,`;
    expect(parse(out, back)).toMatchObject({
      rows: [],
      refused: [],
      ignored: [{ line: 5 }, { line: 6 }],
    });
    expect(parse(out).refused).toMatchObject([{ line: 5, column: 'Transaction Type' }]);
  });

  test('an id that stands in two rows is no id', () => {
    const row = `a,${when},Receive,BTC,0.1,EUR,€1,€10.00,€10.00,€0.00,`;
    expect(parse(row, row).rows.map((one) => one.externalId)).toEqual([undefined, undefined]);
  });
});

describe('refusals', () => {
  test.each`
    title                        | row                                                        | column
    ${'an unknown type'}         | ${`a,${when},Margin Call,BTC,0.1,EUR,€1,€10,€10,€0,`}      | ${'Transaction Type'}
    ${'figures that contradict'} | ${`a,${when},Buy,BTC,0.1,EUR,€1,€10,€20,€1,`}              | ${'Total (inclusive of fees and/or spread)'}
    ${'a conversion to nothing'} | ${`a,${when},Convert,BTC,0.1,EUR,€1,€10,€10,€0,Converted`} | ${'Notes'}
    ${'a quantity of zero'}      | ${`a,${when},Buy,BTC,0,EUR,€1,€10,€10,€0,`}                | ${'Quantity Transacted'}
    ${'no day'}                  | ${'a,soon,Buy,BTC,0.1,EUR,€1,€10,€10,€0,'}                 | ${'Timestamp'}
  `('$title', ({ row, column }) => {
    expect(parse(row)).toMatchObject({ rows: [], refused: [{ line: 5, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = report(
      `a,${when},Buy,BTC,0.5,EUR,€50000,€25000.00,€25020.00,€20.00,"Bought 0.5 BTC"`,
      `c,${when},Convert,BTC,0.1,EUR,€50000,€4900.00,€5000.00,,Converted 0.1 BTC to 2.5 ETH`,
      `d,${when},Retail Unstaking Transfer,ETH2,-0.4,EUR,€2000,-€800.00,-€800.00,€0.00,`,
      `e,${when},Retail Unstaking Transfer,ETH,0.4,EUR,€2000,€800.00,€800.00,€0.00,`,
    );
    expect(
      faultsUnderDamage(coinbase, text, {
        shape: {
          delimiter: ',',
          headerHas: ['Timestamp', 'Transaction Type', 'Asset', 'Quantity Transacted', 'Notes'],
        },
      }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('real reports', () => {
  test('the export sample: four trades, two rewards, three rows of ETH2', () => {
    const file = sample('export-samples/coinbase-export.csv');
    const parsed = coinbase.parse(file, {});
    expect(parsed.refused).toEqual([]);
    expect(parsed.ignored.map((row) => row.line)).toEqual([4, 5, 7]);
    expect(parsed.rows.map((row) => [row.line, row.transaction.type])).toEqual([
      [9, 'buy'],
      [8, 'buy'],
      [6, 'sell'],
      [6, 'buy'],
      [3, 'staking'],
      [2, 'staking'],
    ]);
    expect(parsed.rows[3]?.transaction).toMatchObject({
      instrument: { symbol: 'XRP' },
      quantity: decimal('156.145683'),
      amount: decimal('338.92698'),
      fee: decimal('12.73624'),
    });
    expect(accountingFaults(file.text, parsed, shape)).toEqual([]);
  });

  test.each`
    path                                                 | rows | refused | ignored
    ${'Coinbase_BuyOrders/single_advance_trade_buy.csv'} | ${0} | ${1}    | ${0}
    ${'Coinbase_BuyOrders/single_buy_alt.csv'}           | ${1} | ${0}    | ${0}
    ${'Coinbase_CashTransactions/single_deposit.csv'}    | ${1} | ${0}    | ${0}
    ${'Coinbase_Invalid/invalid_type.csv'}               | ${0} | ${1}    | ${0}
    ${'Coinbase_SellOrders/single_sell.csv'}             | ${1} | ${0}    | ${0}
    ${'Coinbase_Specials/retail_eth2_deprecation.csv'}   | ${0} | ${0}    | ${2}
    ${'Coinbase_Specials/retail_unstake_transfer.csv'}   | ${0} | ${0}    | ${2}
    ${'Coinbase_Specials/single_learningreward.csv'}     | ${1} | ${0}    | ${0}
    ${'Coinbase_Specials/single_stakereward.csv'}        | ${1} | ${0}    | ${0}
    ${'Coinbase_Specials/single_stakereward_alt.csv'}    | ${1} | ${0}    | ${0}
  `('$path', ({ path, ...counts }) => {
    const parsed = coinbase.parse(sample(`single-transaction/${path}`), {});
    expect({
      rows: parsed.rows.length,
      refused: parsed.refused.length,
      ignored: parsed.ignored.length,
    }).toEqual(counts);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, coinbase.detect(sample(path))]).toEqual([path, /coinbase/i.test(path) ? 1 : 0]);
    }
  });
});
