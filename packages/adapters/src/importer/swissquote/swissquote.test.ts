import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { cashEffects } from '../../importer-kit/testing/cash-effects.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import swissquote from './index.ts';

const header =
  'Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency';

const parse = (...lines: string[]) => swissquote.parse(textFile([header, ...lines].join('\n')), {});
const one = (line: string) => parse(line).rows[0]?.transaction;

/** A made-up month in which the balances add up, newest first. */
const month = [
  '31-05-2024 18:01:13;00000000;Custody Fees;;;;1.0;20.00;1.62;0.00;-21.62;3473.38;CHF',
  '20-05-2024 07:00:00;00000000;Dividend;NESN;Nestle;CH0038863350;1.0;100.00;35.00;0.00;65.00;3495.00;CHF',
  '15-05-2024 12:00:25;77;Forex credit;;;;1.0;550.00;0.00;0.00;550.00;550.00;USD',
  '15-05-2024 12:00:25;77;Forex debit;;;;1.0;500.00;0.00;0.00;-500.00;3430.00;CHF',
  '12-05-2024 10:00:00;56;Sell;NESN;Nestle;CH0038863350;5;100.00;6.00;0.00;494.00;3930.00;CHF',
  "10-05-2024 10:30:00;55;Buy;BND;Bond 2 %;CH0000000017;1'000;1.01;9.00;5.00;-1024.00;3436.00;CHF",
  '10-05-2024 10:00:00;54;Buy;NESN;Nestle;CH0038863350;5;100.00;40.00;0.00;-540.00;4460.00;CHF',
  '01-05-2024 08:00:00;00000000;Credit;;;;1.0;5000.00;0.00;0.00;5000.00;5000.00;CHF',
];

describe('Swissquote transactions', () => {
  it('tells price, costs and accrued interest of a bond apart', () => {
    expect(one(month[5] ?? '')).toEqual({
      type: 'buy',
      effectiveAt: '2024-05-10',
      time: '10:30:00',
      instrument: { isin: 'CH0000000017', symbol: 'BND', name: 'Bond 2 %', currency: 'CHF' },
      quantity: decimal('1000'),
      price: price('1.01'),
      amount: decimal('1010'),
      accrued: decimal('5'),
      currency: 'CHF',
      fee: decimal('9'),
      tax: 0n,
    });
  });

  it('takes the costs of a dividend as the tax withheld', () => {
    expect(one(month[1] ?? '')).toMatchObject({
      type: 'dividend',
      amount: decimal('100'),
      tax: decimal('35'),
    });
  });

  it('joins both sides of a conversion', () => {
    expect(parse(...month).rows.find((row) => row.line === 4)).toMatchObject({
      lines: [4, 5],
      transaction: {
        type: 'fx',
        sold: { currency: 'CHF', amount: decimal('500') },
        bought: { currency: 'USD', amount: decimal('550') },
      },
    });
  });

  it('moves cash as the balance column does, and states the last balance', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ CHF: '3473.38', USD: '550' });
    expect(parsed.totals).toEqual({ cash: { CHF: decimal('3473.38'), USD: decimal('550') } });
  });

  it('states no balance where the column does not add up', () => {
    expect(parse(...month.toSpliced(4, 1)).totals).toEqual({ cash: { USD: decimal('550') } });
  });

  it.each([
    ['Interests', '-0.01', { type: 'margin-interest', amount: decimal('0.01') }],
    ['Interests', '0.40', { type: 'interest', amount: decimal('0.4') }],
    ['Debit', '-2002.00', { type: 'withdrawal', amount: decimal('2002') }],
    ['Fees Tax Statement', '-107.70', { type: 'fee', amount: decimal('107.7') }],
    ['Reversal (Dividend)', '-65.00', { type: 'dividend', amount: decimal('-65') }],
  ])('reads %s of %s', (kind, net, expected) => {
    const instrument = kind.startsWith('Reversal') ? 'NESN;Nestle;CH0038863350' : ';;';
    expect(
      one(`31-05-2024 18:01:13;0;${kind};${instrument};1.0;1;0.00;0.00;${net};1;CHF`),
    ).toMatchObject(expected);
  });

  it.each([
    ['31-05-2024;1;Levitate;X;X;;1;1;0;0;1;1;CHF', 'Transaction', 'import.unknown-kind'],
    ['31-05-2024;1;Buy;;;;1;1;0;0;-1;1;CHF', 'ISIN', 'import.missing'],
    ['31-05-2024;1;Buy;X;X;;1;1;0;0;1;1;CHF', 'Net Amount', 'import.wrong-sign'],
    ['31-15-2024;1;Credit;;;;1;1;0;0;1;1;CHF', 'Date', 'import.not-a-day'],
    ['31-05-2024;1;Credit;;;;1;1;0;0;one;1;CHF', 'Net Amount', 'import.not-a-number'],
    ['31-05-2024;1;Forex debit;;;;1;1;0;0;-1;1;CHF', 'Transaction', 'import.other-half-missing'],
  ])('refuses %s', (line, column, code) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { delimiter: ';', headerHas: ['Order #', 'Net Amount'] } as const;
    expect(faultsUnderDamage(swissquote, [header, ...month].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)(
  'Swissquote sample export (skipped where the samples are absent)',
  () => {
    const file = () => sample('export-samples/swissquote-export.csv');

    it('takes every row', () => {
      const parsed = swissquote.parse(file(), {});
      expect(accountingFaults(file().text, parsed)).toEqual([]);
      expect(parsed.refused).toEqual([]);
      expect(parsed.rows).toHaveLength(19);
    });

    it('moves cash by just the sum of the net amounts', () => {
      expect(cashEffects(swissquote.parse(file(), {}).rows)).toEqual({
        CHF: '62020.99',
        EUR: '2481.97',
        USD: '39220.25',
      });
    });

    it('claims its own sample and no other', () => {
      expect(samplePaths().filter((path) => swissquote.detect(sample(path)) > 0)).toEqual([
        'export-samples/swissquote-export.csv',
      ]);
    });
  },
);
