import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import bitvavo from './index.ts';

const header =
  'Timezone,Date,Time,Type,Currency,Amount,Quote Currency,Quote Price,Received / Paid Currency,Received / Paid Amount,Fee currency,Fee amount,Status,Transaction ID,Address';
const at = 'Europe/Amsterdam,2026-03-02,14:39:02.473';
const parse = (...lines: string[]) => bitvavo.parse(textFile([header, ...lines].join('\n')), {});

describe('reading the history', () => {
  test.each`
    line                                                              | expected
    ${`${at},buy,STORJ,50,EUR,0.5,EUR,-25.06,EUR,0.06,Completed,a,`}  | ${{ type: 'buy', time: '14:39:02.473', instrument: { symbol: 'STORJ', kind: 'crypto' }, quantity: decimal('50'), price: price('0.5'), amount: decimal('25'), fee: decimal('0.06') }}
    ${`${at},sell,STORJ,-50,EUR,0.5,EUR,24.94,EUR,0.06,Completed,a,`} | ${{ type: 'sell', quantity: decimal('50'), amount: decimal('25'), fee: decimal('0.06') }}
    ${`${at},deposit,EUR,10,,,,,EUR,0,Completed,a,`}                  | ${{ type: 'deposit', amount: decimal('10'), currency: 'EUR' }}
    ${`${at},withdrawal,XLM,-87.3,,,,,XLM,0,Completed,a`}             | ${{ type: 'delivery-out', quantity: decimal('87.3') }}
    ${`${at},staking,ADA,0.1,,,,,,,Distributed,a,`}                   | ${{ type: 'staking', amount: 0n, reinvested: { quantity: decimal('0.1') } }}
    ${`${at},rebate,EUR,0.06,,,,,,,Completed,a,`}                     | ${{ type: 'other-income', amount: decimal('0.06'), currency: 'EUR' }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({
      refused: [],
      rows: [{ externalId: 'a', transaction: { effectiveAt: '2026-03-02', ...expected } }],
    });
  });

  test('what was not carried out is passed over', () => {
    expect(parse(`${at},deposit,EUR,10,,,,,EUR,0,Cancelled,a,`)).toMatchObject({
      rows: [],
      refused: [],
      ignored: [{ line: 2 }],
    });
  });

  test.each`
    line                                                              | column
    ${`${at},invalid,STORJ,50,EUR,0.5,EUR,-25,EUR,0.06,Completed,a,`} | ${'Type'}
    ${`${at},withdrawal,XLM,-87.3,,,,,XLM,0.1,Completed,a,`}          | ${'Fee amount'}
    ${`${at},buy,STORJ,50,EUR,0.5,EUR,-25,STORJ,0.06,Completed,a,`}   | ${'Fee currency'}
    ${`${at},buy,STORJ,50,EUR,0.5,EUR,,EUR,0.06,Completed,a,`}        | ${'Received / Paid Amount'}
    ${`${at},buy,STORJ,0,EUR,0.5,EUR,-25,EUR,0.06,Completed,a,`}      | ${'Amount'}
  `('refuses $line', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      `${at},buy,STORJ,50,EUR,0.5,EUR,-25.06,EUR,0.06,Completed,a,`,
      `${at},staking,ADA,0.1,,,,,,,Distributed,b,`,
    ].join('\n');
    const shape = {
      delimiter: ',',
      headerHas: [
        'Timezone',
        'Date',
        'Time',
        'Type',
        'Currency',
        'Amount',
        'Quote Currency',
        'Status',
        'Transaction ID',
      ],
    } as const;
    expect(faultsUnderDamage(bitvavo, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the single transactions', () => {
  test('are read, but for the unknown type', () => {
    for (const path of samplePaths().filter((one) => /Bitvavo_/.test(one))) {
      const parsed = bitvavo.parse(sample(path), {});
      const invalid = path.includes('Invalid');
      expect([path, parsed.rows.length, parsed.refused.length]).toEqual([
        path,
        invalid ? 0 : 1,
        invalid ? 1 : 0,
      ]);
    }
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, bitvavo.detect(sample(path))]).toEqual([path, /Bitvavo_/.test(path) ? 1 : 0]);
    }
  });
});
