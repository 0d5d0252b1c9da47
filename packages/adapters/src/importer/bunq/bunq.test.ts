import { decimal } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import bunq from './index.ts';

const header = '"Date";"Interest Date";"Amount";"Account";"Counterparty";"Name";"Description"';
const row = (amount: string, name = 'Ann', description = 'Rent', account = 'NL1') =>
  `"2026-03-02";"2026-03-02";"${amount}";"${account}";"NL2";"${name}";"${description}"`;
const parse = (...lines: string[]) => bunq.parse(textFile([header, ...lines].join('\n')), {});

describe('reading a statement', () => {
  test.each`
    line                                                 | expected
    ${row('1.000,00')}                                   | ${{ type: 'deposit', amount: decimal('1000'), currency: 'EUR', note: 'Rent' }}
    ${row('-12,50')}                                     | ${{ type: 'withdrawal', amount: decimal('12.5') }}
    ${row('3,50', 'bunq', 'bunq Payday 2026-03-02 EUR')} | ${{ type: 'interest', amount: decimal('3.5') }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({
      refused: [],
      rows: [{ transaction: { effectiveAt: '2026-03-02', ...expected } }],
    });
  });

  test('two equal rows are two deposits, two accounts are two', () => {
    expect(parse(row('1,00'), row('1,00')).rows.map((one) => one.account)).toEqual([
      undefined,
      undefined,
    ]);
    expect(
      parse(row('1,00'), row('1,00', 'Ann', 'x', 'NL9')).rows.map((one) => one.account),
    ).toEqual(['NL1', 'NL9']);
  });

  test('refuses what is no number, passes over what is nothing', () => {
    expect(parse(row('1.0.0')).refused).toMatchObject([{ line: 2, column: 'Amount' }]);
    expect(parse(row('0,00')).ignored).toMatchObject([{ line: 2 }]);
  });

  test('survives damage, with every line accounted for', () => {
    const text = [header, row('1.000,00'), row('-12,50')].join('\n');
    const shape = { delimiter: ';', headerHas: header.replaceAll('"', '').split(';') } as const;
    expect(faultsUnderDamage(bunq, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the samples', () => {
  test('three equal deposits are three, interest is interest', () => {
    const deposits = bunq.parse(
      sample('single-transaction/Bunq_CashTransactions/multiple_deposits.csv'),
      {},
    );
    expect(deposits.rows.map((one) => one.transaction)).toMatchObject(
      [1, 2, 3].map(() => ({ type: 'deposit', amount: decimal('1000') })),
    );
    const interest = bunq.parse(
      sample('single-transaction/Bunq_CashTransactions/single_interest.csv'),
      {},
    );
    expect(interest.rows).toMatchObject([
      { transaction: { type: 'interest', amount: decimal('3.5') } },
    ]);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, bunq.detect(sample(path))]).toEqual([path, /Bunq_/.test(path) ? 1 : 0]);
    }
  });
});
