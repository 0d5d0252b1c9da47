import { decimal } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import trine from './index.ts';

const header =
  'Date,Loan,InvestmentId,Type,AvailableBalanceChange,OutstandingPortfolioChange,RepaidCapital,RepaidInterest,LateFee,AvailableBalance,OutstandingPortfolio,Total';
const parse = (...lines: string[]) => trine.parse(textFile([header, ...lines].join('\n')), {});

describe('reading the list', () => {
  test('money lent buys units of the loan, money repaid takes them away and brings interest', () => {
    const parsed = parse(
      '2026-03-02,ecoligo 16,26,Investment,-25.00,25.00,,,,0.00,25.00,25.00',
      '2026-06-02,ecoligo 16,26,Repayment,5.80,-5.00,5.00,0.75,0.05,5.80,20.00,25.80',
    );
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([
      {
        line: 2,
        transaction: {
          type: 'buy',
          instrument: { symbol: 'ecoligo 16', kind: 'bond' },
          quantity: decimal('25'),
          amount: decimal('25'),
          currency: 'EUR',
        },
      },
      { line: 3, transaction: { type: 'coupon', amount: decimal('0.8') } },
      {
        line: 3,
        transaction: { type: 'amortisation', quantity: decimal('5'), amount: decimal('5') },
      },
    ]);
  });

  test.each`
    line                                                                          | expected
    ${'2026-03-02,,,Withdrawal,-1.32,0,,,,0.00,24.64,24.64'}                      | ${{ type: 'withdrawal', amount: decimal('1.32') }}
    ${'2026-03-02,,,Deposit,10,0,,,,10.00,24.64,34.64'}                           | ${{ type: 'deposit', amount: decimal('10') }}
    ${'2026-03-02,,,Activated friend voucher from Ann,10,0,,,,10.00,24.64,34.64'} | ${{ type: 'other-income', amount: decimal('10') }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({ refused: [], rows: [{ transaction: expected }] });
  });

  test.each`
    line                                                | column
    ${'2026-03-02,x,1,Bonus,1,0,,,,0,0,0'}              | ${'Type'}
    ${'2026-03-02,,1,Investment,-25,25,,,,0,0,0'}       | ${'Loan'}
    ${'2026-03-02,x,1,Investment,-20,25,,,,0,0,0'}      | ${'AvailableBalanceChange'}
    ${'2026-03-02,x,1,Repayment,6,-5,5.00,0.75,,0,0,0'} | ${'AvailableBalanceChange'}
  `('refuses $line', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      '2026-03-02,ecoligo 16,26,Investment,-25.00,25.00,,,,0.00,25.00,25.00',
      '2026-06-02,ecoligo 16,26,Repayment,5.80,-5.00,5.00,0.75,0.05,5.80,20.00,25.80',
    ].join('\n');
    const shape = {
      delimiter: ',',
      headerHas: [
        'Date',
        'Loan',
        'InvestmentId',
        'Type',
        'AvailableBalanceChange',
        'RepaidCapital',
        'RepaidInterest',
        'AvailableBalance',
      ],
    } as const;
    expect(faultsUnderDamage(trine, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the samples', () => {
  test('an investment and a withdrawal', () => {
    const read = (name: string) =>
      trine.parse(sample(`single-transaction/Trine/${name}.csv`), {}).rows;
    expect(read('single_investment')).toMatchObject([
      { transaction: { type: 'buy', amount: decimal('25') } },
    ]);
    expect(read('single_withdrawal')).toMatchObject([
      { transaction: { type: 'withdrawal', amount: decimal('1.32') } },
    ]);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, trine.detect(sample(path))]).toEqual([path, /\/Trine/.test(path) ? 1 : 0]);
    }
  });
});
