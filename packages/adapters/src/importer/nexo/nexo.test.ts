import { decimal } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import nexo from './index.ts';

const header =
  'Transaction,Type,Input Currency,Input Amount,Output Currency,Output Amount,USD Equivalent,Details,Date / Time (UTC)';
const end = 'approved / done,2026-03-02 14:44:46';
const parse = (...lines: string[]) => nexo.parse(textFile([header, ...lines].join('\n')), {});

describe('reading transactions', () => {
  test.each`
    line                                                         | expected
    ${`a,Exchange,EURX,-150,USDC,161.9,$161.90,${end}`}          | ${{ type: 'buy', instrument: { symbol: 'USDC' }, quantity: decimal('161.9'), amount: decimal('150'), currency: 'EUR' }}
    ${`a,Exchange,USDC,-161.9,EURX,150,$161.90,${end}`}          | ${{ type: 'sell', quantity: decimal('161.9'), amount: decimal('150'), currency: 'EUR' }}
    ${`a,Exchange,EURX,-150,USDX,161.9,$161.90,${end}`}          | ${{ type: 'fx', sold: { currency: 'EUR', amount: decimal('150') }, bought: { currency: 'USD', amount: decimal('161.9') } }}
    ${`a,Exchange Deposited On,EUR,150,EURX,150,$162.20,${end}`} | ${{ type: 'deposit', amount: decimal('150'), currency: 'EUR' }}
    ${`a,Withdraw Exchanged,EURX,-20,EUR,20,$22,${end}`}         | ${{ type: 'withdrawal', amount: decimal('20') }}
    ${`a,Top up Crypto,BTC,0.1,BTC,0.1,$5000,${end}`}            | ${{ type: 'delivery-in', quantity: decimal('0.1'), amount: decimal('5000'), currency: 'USD' }}
    ${`a,Withdrawal,ETH,-0.5,ETH,0.49,$900,${end}`}              | ${{ type: 'delivery-out', quantity: decimal('0.5') }}
    ${`a,Interest,USDC,0.0018,USDC,0.0018,$0.0018,${end}`}       | ${{ type: 'interest', amount: decimal('0.0018'), reinvested: { quantity: decimal('0.0018') } }}
    ${`a,Fixed Term Interest,EURX,0.0014,EURX,0.0014,$0,${end}`} | ${{ type: 'interest', amount: decimal('0.0014'), currency: 'EUR' }}
    ${`a,Exchange Cashback,BTC,0.01,BTC,0.01,$5,${end}`}         | ${{ type: 'other-income', amount: decimal('5') }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({
      refused: [],
      rows: [{ externalId: 'a', transaction: { time: '14:44:46', ...expected } }],
    });
  });

  test('a coin for a coin is a sale and a buy worth the same', () => {
    expect(parse(`a,Exchange,BTC,-0.007,USDT,339.6,$339.70,${end}`).rows).toMatchObject([
      {
        externalId: 'a',
        transaction: { type: 'sell', instrument: { symbol: 'BTC' }, amount: decimal('339.7') },
      },
      {
        externalId: 'a/2',
        transaction: { type: 'buy', instrument: { symbol: 'USDT' }, amount: decimal('339.7') },
      },
    ]);
  });

  test('moves within the account and what is pending are passed over', () => {
    const parsed = parse(
      `a,Locking Term Deposit,BTC,-0.1,BTC,0.1,$5000,${end}`,
      'b,Referral Bonus,BTC,0.1,BTC,0.1,$5000,pending / bonus,2026-03-02 14:44:46',
    );
    expect(parsed).toMatchObject({ rows: [], refused: [], ignored: [{ line: 2 }, { line: 3 }] });
  });

  test.each`
    line                                               | column
    ${`a,Unknown,EURX,-150,USDC,161.9,$161.90,${end}`} | ${'Type'}
    ${`a,Exchange,EURX,0,USDC,161.9,$161.90,${end}`}   | ${'Input Amount'}
    ${`a,Exchange,BTC,-1,BTC,1,$1,${end}`}             | ${'Output Currency'}
    ${'a,Interest,BTC,1,BTC,1,$1,approved,yesterday'}  | ${'Date / Time (UTC)'}
  `('refuses $line', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      `a,Exchange,BTC,-0.007,USDT,339.6,$339.70,"${end.split(',')[0]}",2026-03-02 14:44:46`,
      `b,Interest,USDC,0.0018,USDC,0.0018,$0.0018,${end}`,
    ].join('\n');
    expect(
      faultsUnderDamage(nexo, text, { shape: { delimiter: ',', headerHas: header.split(',') } }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the single transactions', () => {
  test('are read, but for the unknown type', () => {
    const own = samplePaths().filter((one) => /Nexo_/.test(one));
    const refused = own.filter((path) => nexo.parse(sample(path), {}).refused.length > 0);
    expect(refused.map((path) => path.split('/').at(-1))).toEqual(['invalid_action.csv']);
    const dual = own.find((path) => path.includes('dual')) ?? '';
    const { rows, ignored } = nexo.parse(sample(dual), {});
    expect([rows.length, ignored.length]).toEqual([1, 2]);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, nexo.detect(sample(path))]).toEqual([path, /Nexo_/.test(path) ? 1 : 0]);
    }
  });
});
