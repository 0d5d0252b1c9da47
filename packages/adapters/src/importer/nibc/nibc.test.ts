import { decimal } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import nibc from './index.ts';

const head = 'Nr v/d rekening :;X;\n';
const header =
  'Nr v/d verrichting;Boekhdk. datum;Beschrijving;Bedrag v/d verrichting;Munt;Valutadatum;Rekening tegenpartij;Naam v/d tegenpartij :;Mededeling 1 :;Mededeling 2 :;Ref. v/d verrichting';
const row = (what: string, amount: string) =>
  `0000001;27-01-2026;${what};${amount};EUR;27-01-2026;NL1;Ann;note; ;C0A`;
const parse = (...lines: string[]) =>
  nibc.parse(textFile(`${head}${[header, ...lines].join('\n')}`), {});

describe('reading a statement', () => {
  test.each`
    line                                          | expected
    ${row('Inkomende overboeking', '250,00')}     | ${{ type: 'deposit', amount: decimal('250'), currency: 'EUR', note: 'note' }}
    ${row('Uitgaande overboeking', '-10.000,00')} | ${{ type: 'withdrawal', amount: decimal('10000') }}
    ${row('Renteuitkering', '1,25')}              | ${{ type: 'interest', amount: decimal('1.25') }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({
      refused: [],
      rows: [{ line: 3, transaction: { effectiveAt: '2026-01-27', ...expected } }],
    });
  });

  test('refuses an unknown description and what is no number', () => {
    expect(parse(row('Kosten', '-1,00')).refused).toMatchObject([
      { line: 3, column: 'Beschrijving' },
    ]);
    expect(parse(row('Renteuitkering', '1,2,5')).refused).toMatchObject([
      { line: 3, column: 'Bedrag v/d verrichting' },
    ]);
  });

  test('survives damage, with every line accounted for', () => {
    const text = `${head}${[header, row('Inkomende overboeking', '250,00'), row('Renteuitkering', '1,25')].join('\n')}`;
    const shape = { delimiter: ';', headerHas: header.split(';').slice(0, 6) } as const;
    expect(faultsUnderDamage(nibc, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the samples', () => {
  test('a deposit and a withdrawal', () => {
    const read = (name: string) =>
      nibc.parse(sample(`single-transaction/NIBC_CashTransactions/${name}.csv`), {}).rows;
    expect(read('single_deposit')).toMatchObject([
      { transaction: { type: 'deposit', amount: decimal('250') } },
    ]);
    expect(read('single_withdrawal')).toMatchObject([
      { transaction: { type: 'withdrawal', amount: decimal('10000') } },
    ]);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, nibc.detect(sample(path))]).toEqual([path, /NIBC_/.test(path) ? 1 : 0]);
    }
  });
});
