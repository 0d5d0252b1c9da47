import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import etoro from './index.ts';

const header =
  'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA';
const sheet = (...lines: string[]) => [header, ...lines].join('\n');
const parse = (...lines: string[]) => etoro.parse(textFile(sheet(...lines)), {});
const shape = { delimiter: ',', headerHas: ['Date', 'Type', 'Details'] } as const;

describe('reading the account activity', () => {
  test('a position is bought for what was invested and sold for what came back', () => {
    const { rows, refused } = parse(
      '02/03/2026 15:30:00,Open Position,NKE/USD,"1,000.00",12.5,0.00,"1,000.00",0.00,77,Stocks,0.00',
      '03/03/2026 15:30:00,Position closed,NKE/USD,"1,100.50",12.5,100.50,"1,100.50",0.00,77,Stocks,0.00',
    );
    expect(refused).toEqual([]);
    expect(rows.map((row) => row.transaction)).toMatchObject([
      {
        type: 'buy',
        effectiveAt: '2026-03-02',
        time: '15:30:00',
        instrument: { symbol: 'NKE', currency: 'USD', kind: 'equity' },
        quantity: decimal('12.5'),
        amount: decimal('1000'),
        currency: 'USD',
      },
      { type: 'sell', quantity: decimal('12.5'), amount: decimal('1100.5') },
    ]);
  });

  test.each`
    row                                                                                  | expected
    ${'02/03/2026 00:10:33,Dividend,KER/EUR,0.17,-,0.17,1,1,9,Stocks,0.00'}              | ${{ type: 'dividend', amount: decimal('0.17'), currency: 'USD', instrument: { symbol: 'KER', currency: 'EUR' } }}
    ${'02/03/2026 00:10:33,Overnight fee,Daily,"(1,10)",-,"(1,10)",1,1,9,CFD,0'}         | ${{ type: 'fee', amount: decimal('1.1') }}
    ${'02/03/2026 00:10:33,Overnight refund,Daily," 0,21 ",-,1,1,1,9,CFD,0'}             | ${{ type: 'fee', amount: decimal('-0.21') }}
    ${'02/03/2026 00:10:33,SDRT,VOD.L/GBX,(6.97),-,1,1,1,9,Stocks,0'}                    | ${{ type: 'tax', amount: decimal('6.97'), instrument: { symbol: 'VOD.L', currency: 'GBP', priceFactor: price('0.01') } }}
    ${'02/03/2026 00:10:33,Deposit,,500.00,-,1,1,1,-,,0'}                                | ${{ type: 'deposit', amount: decimal('500') }}
    ${'02/03/2026 00:10:33,Withdraw Request,-,-100.11,-,1,1,1,-,,0'}                     | ${{ type: 'withdrawal', amount: decimal('100.11') }}
    ${'02/03/2026 00:10:33,Interest Payment,,0.08,-,1,1,1,-,,0'}                         | ${{ type: 'interest', amount: decimal('0.08') }}
    ${'02/03/2026 00:10:33,Open Position,BTC/USD," 1 046,38 ","0,015",1,1,1,9,Crypto,0'} | ${{ type: 'buy', amount: decimal('1046.38'), quantity: decimal('0.015'), instrument: { kind: 'crypto' } }}
  `('$row', ({ row, expected }) => {
    const parsed = parse(row);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([{ transaction: expected }]);
  });

  test('a split is listed for every position and happens once', () => {
    const split = (id: number) =>
      `10/06/2026 08:00:0${id},corp action: Split,NVDA/USD 10:1,0.00,-,0,1,1,${id},Stocks,0.00`;
    const { rows } = parse(split(1), split(2));
    expect(rows).toMatchObject([
      {
        line: 2,
        lines: [2, 3],
        transaction: { type: 'split', ratio: { new: decimal('10'), old: decimal('1') } },
      },
    ]);
  });

  test('copying a trader moves nothing out, and a fee of nothing is none', () => {
    const parsed = parse(
      '02/03/2026 00:10:33,Start Copy,trader,-200.00,-,0,1,1,-,,0',
      '02/03/2026 00:10:33,Withdraw Fee,-,0.00,-,0,1,1,-,,0',
    );
    expect(parsed).toMatchObject({ rows: [], refused: [], ignored: [{ line: 2 }, { line: 3 }] });
  });
});

describe('refusals', () => {
  test.each`
    title                | row                                                                      | column
    ${'a CFD'}           | ${'02/03/2026 15:30:00,Open Position,NKE/USD,10.00,1,0,1,1,7,CFD,0'}     | ${'Asset type'}
    ${'an unknown type'} | ${'02/03/2026 15:30:00,AirDrop,FLR/USD,10.00,1,0,1,1,7,Crypto,0'}        | ${'Type'}
    ${'no instrument'}   | ${'02/03/2026 15:30:00,Open Position,Nike,10.00,1,0,1,1,7,Stocks,0'}     | ${'Details'}
    ${'no units'}        | ${'02/03/2026 15:30:00,Open Position,NKE/USD,10.00,-,0,1,1,7,Stocks,0'}  | ${'Units'}
    ${'no ratio'}        | ${'02/03/2026 15:30:00,corp action: Split,NKE/USD,0,-,0,1,1,7,Stocks,0'} | ${'Details'}
    ${'a month of 13'}   | ${'02/13/2026 15:30:00,Deposit,,10.00,-,0,1,1,-,,0'}                     | ${'Date'}
  `('$title', ({ row, column }) => {
    expect(parse(row)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = sheet(
      '02/03/2026 15:30:00,Open Position,NKE/USD,"1,000.00",12.5,0.00,"1,000.00",0.00,77,Stocks,0.00',
      '10/06/2026 08:00:01,corp action: Split,NVDA/USD 10:1,0.00,-,0,1,1,1,Stocks,0.00',
      '10/06/2026 08:00:01,corp action: Split,NVDA/USD 10:1,0.00,-,0,1,1,2,Stocks,0.00',
      '02/03/2026 00:10:33,Overnight fee,Daily,"(0,10)",-,"(0,10)",1,1,9,CFD,0',
    );
    expect(
      faultsUnderDamage(etoro, text, {
        shape: {
          delimiter: ',',
          headerHas: ['Date', 'Type', 'Details', 'Amount', 'Realized Equity Change', 'Position ID'],
        },
      }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('a real statement', () => {
  const file = () => sample('export-samples/etoro-export.csv');

  test('all but three rows of CFDs and a fee of nothing', () => {
    const parsed = etoro.parse(file(), {});
    expect(parsed.rows).toHaveLength(24);
    expect(parsed.refused.map((row) => [row.line, row.code])).toEqual([
      [23, 'import.cfd'],
      [25, 'import.cfd'],
      [28, 'import.cfd'],
    ]);
    expect(parsed.ignored.map((row) => row.line)).toEqual([6]);
    const dividends = parsed.rows.flatMap(({ transaction }) =>
      transaction.type === 'dividend' ? [transaction.amount] : [],
    );
    expect(dividends.reduce((sum, amount) => sum + amount, 0n)).toBe(decimal('1.71'));
    expect(accountingFaults(file().text, parsed, shape)).toEqual([]);
  });

  test('is recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, etoro.detect(sample(path))]).toEqual([path, /etoro/.test(path) ? 1 : 0]);
    }
  });
});
