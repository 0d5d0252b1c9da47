import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import generic from './index.ts';

const header = 'ActivityType,Symbol,Date,Currency,Quantity,UnitPrice,Fee,Tax';
const parse = (...lines: string[]) => generic.parse(textFile([header, ...lines].join('\n')), {});

describe('reading activities', () => {
  test.each`
    line                                               | expected
    ${'Buy,US67066G1040,2026-03-02,USD,0.5,100,0.1,0'} | ${{ type: 'buy', instrument: { isin: 'US67066G1040', currency: 'USD' }, quantity: decimal('0.5'), price: price('100'), amount: decimal('50'), fee: decimal('0.1') }}
    ${'Sell,NVDA,2026-03-02,USD,2,100,0,3'}            | ${{ type: 'sell', instrument: { symbol: 'NVDA' }, amount: decimal('200'), tax: decimal('3') }}
    ${'Buy,VOD,2026-03-02,GBX,10,75,50,'}              | ${{ type: 'buy', instrument: { currency: 'GBP', priceFactor: price('0.01') }, amount: decimal('7.5'), fee: decimal('0.5'), currency: 'GBP' }}
    ${'Receive,VOD,2026-03-02,GBX,10,75,,'}            | ${{ type: 'delivery-in', instrument: { currency: 'GBP', priceFactor: price('0.01') }, amount: decimal('7.5') }}
    ${'Dividend,NVDA,2026-03-02,USD,10,0.1,,0.15'}     | ${{ type: 'dividend', amount: decimal('1'), tax: decimal('0.15') }}
    ${'Receive,BTC,2026-03-02,EUR,0.1,0,,'}            | ${{ type: 'delivery-in', quantity: decimal('0.1') }}
    ${'StakingReward,ETH,2026-03-02,EUR,0.1,2000,,'}   | ${{ type: 'staking', amount: decimal('200'), reinvested: { quantity: decimal('0.1') } }}
    ${'CashDeposit,EUR,2026-03-02,EUR,0,1000,0,'}      | ${{ type: 'deposit', amount: decimal('1000'), currency: 'EUR' }}
    ${'CashWithdrawal,EUR,2026-03-02,EUR,1,1000,0,'}   | ${{ type: 'withdrawal', amount: decimal('1000') }}
    ${'Interest,EUR,2026-03-02,EUR,1,3,0,'}            | ${{ type: 'interest', amount: decimal('3') }}
    ${'Fee,USD,2026-03-02,USD,1,3,0.25,'}              | ${{ type: 'fee', amount: decimal('3.25') }}
    ${'Tax,USD,2026-03-02,USD,1,0,,0.25'}              | ${{ type: 'tax', amount: decimal('0.25') }}
    ${'GiftFiat,EUR,2026-03-02,USD,1,25,,'}            | ${{ type: 'other-income', amount: decimal('25'), currency: 'USD' }}
  `('$line', ({ line, expected }) => {
    const parsed = parse(line);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([
      { transaction: { effectiveAt: '2026-03-02', ...expected } },
    ]);
  });

  test.each`
    line                                            | column
    ${'Liability,Giftcard,2026-03-02,EUR,1,250,0,'} | ${'ActivityType'}
    ${'Buy,,2026-03-02,EUR,1,250,0,'}               | ${'Symbol'}
    ${'Buy,X,2026-03-02,EUR,0,250,0,'}              | ${'Quantity'}
    ${'Buy,X,2026-03-02,EUR,1,-250,0,'}             | ${'UnitPrice'}
    ${'Buy,X,02.03.2026,EUR,1,250,0,'}              | ${'Date'}
    ${'CashDeposit,EUR,2026-03-02,EUR,1,250,1,'}    | ${'Fee'}
    ${'Fee,EUR,2026-03-02,EUR,1,2,0,1'}             | ${'Tax'}
  `('refuses $line', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('a split from two units to six', () => {
    const text = 'Symbol,Date,StockSplitFrom,StockSplitTo\nUS67066G1040,2026-03-02,2,6\n';
    expect(generic.parse(textFile(text), {}).rows).toMatchObject([
      { transaction: { type: 'split', ratio: { new: decimal('6'), old: decimal('2') } } },
    ]);
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      'Buy,NVDA,2026-03-02,USD,0.5,100,0.1,0',
      'Fee,USD,2026-03-02,USD,1,3,0.25,',
    ].join('\n');
    const shape = { delimiter: ',', headerHas: header.split(',').slice(0, 6) } as const;
    expect(faultsUnderDamage(generic, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the single transactions', () => {
  const own = () => samplePaths().filter((path) => /\/Generic/.test(path));

  test('are read, but for a liability and an unknown type', () => {
    const refused = own().filter((path) => generic.parse(sample(path), {}).refused.length > 0);
    expect(refused.map((path) => path.split('/').at(-1)).toSorted()).toEqual([
      'invalid.csv',
      'single_liability.csv',
    ]);
    for (const path of own()) {
      const { rows, refused: no } = generic.parse(sample(path), {});
      expect([path, rows.length + no.length]).toEqual([path, 1]);
    }
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, generic.detect(sample(path))]).toEqual([
        path,
        /\/Generic|BuyOrders\/generic/.test(path) ? 1 : 0,
      ]);
    }
  });
});
