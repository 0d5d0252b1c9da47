import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { cashEffects } from '../../importer-kit/testing/cash-effects.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import scalable from './index.ts';

const header =
  'date;time;status;reference;description;assetType;type;isin;shares;price;amount;fee;tax;currency';
const parse = (...lines: string[]) => scalable.parse(textFile([header, ...lines].join('\n')), {});

const month = [
  '2024-03-28;01:00:00;Executed;"f1";"Prime";Cash;Fee;;;;-4,99;0,00;;EUR',
  '2024-03-25;02:00:00;Executed;"x 7";"Fund";Cash;Distribution;IE0000000013;;;41,57;0,00;0,00;EUR',
  '2024-03-20;16:04:22;Executed;"s1";"Acme; Inc";Security;Sell;US0000000019;208;7,34;1.526,72;0,99;112,23;EUR',
  '2024-03-10;13:10:35;Cancelled;"c1";"Acme";Security;Buy;US0000000019;0;0,00;0,00;0,00;0,00;EUR',
  '2024-03-05;14:11:01;Executed;"p1";"Fund";Security;Savings plan;IE0000000013;3,505;21,395;-74,989475;0,00;0,00;EUR',
  '2024-03-04;13:10:35;Executed;"b1";"Acme";Security;Buy;US0000000019;208;5,00;-1.040,00;0,99;0,00;EUR',
  '2024-03-01;08:00:00;Executed;"d1";"Transfer";Cash;Deposit;;;;2.500,00;0;;EUR',
];

describe('Scalable Capital transactions', () => {
  it('takes the amount as before fee and tax', () => {
    expect(parse(...month).rows.find((row) => row.line === 4)).toEqual({
      line: 4,
      externalId: 's1',
      transaction: {
        type: 'sell',
        effectiveAt: '2024-03-20',
        time: '16:04:22',
        instrument: { isin: 'US0000000019', name: 'Acme; Inc', currency: 'EUR' },
        quantity: decimal('208'),
        price: price('7.34'),
        amount: decimal('1526.72'),
        currency: 'EUR',
        fee: decimal('0.99'),
        tax: decimal('112.23'),
      },
    });
  });

  it('knows an amount that already holds the fee by shares × price', () => {
    const [bought] = parse(
      '2024-03-04;13:10:35;Executed;"b";"A";Security;Buy;US0000000019;10;77,75;-778,49;0,99;0,00;EUR',
    ).rows;
    expect(bought?.transaction).toMatchObject({ amount: decimal('777.5'), fee: decimal('0.99') });
  });

  it('moves cash by amounts, fees and taxes, and ignores what was not executed', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ EUR: '2834.100525' });
    expect(parsed.ignored).toMatchObject([{ line: 5 }]);
  });

  it.each([
    [
      '2024-03-04;1;Executed;"b";"A";Security;Levitation;US0000000019;1;1;-1;0;0;EUR',
      'type',
      'import.unknown-kind',
    ],
    [
      '2024-03-04;1;Sleeping;"b";"A";Security;Buy;US0000000019;1;1;-1;0;0;EUR',
      'status',
      'import.unknown-kind',
    ],
    ['2024-03-04;1;Executed;"b";"A";Security;Buy;;1;1;-1;0;0;EUR', 'isin', 'import.missing'],
    [
      '2024-03-04;1;Executed;"b";"A";Security;Buy;US0000000019;0;1;-1;0;0;EUR',
      'shares',
      'import.not-positive',
    ],
    [
      '2024-03-04;1;Executed;"b";"A";Security;Buy;US0000000019;1;1;1,2,3;0;0;EUR',
      'amount',
      'import.not-a-number',
    ],
  ])('refuses %s', (line, column, code) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { headerHas: ['assetType', 'shares'] };
    expect(faultsUnderDamage(scalable, [header, ...month].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)(
  'Scalable Capital samples (skipped where the samples are absent)',
  () => {
    const own = () => samplePaths().filter((path) => path.includes('ScalableCapital'));

    it('reads the single transactions', () => {
      const found = own().map((path) => {
        const parsed = scalable.parse(sample(path), {});
        expect([path, parsed.refused]).toEqual([path, []]);
        return parsed.rows[0]?.transaction;
      });
      expect(found.map((transaction) => transaction?.type).toSorted()).toEqual([
        'buy',
        'buy',
        'deposit',
        'sell',
        'withdrawal',
      ]);
      expect(found.find((transaction) => transaction?.type === 'buy')).toMatchObject({
        amount: decimal('455.7'),
        fee: decimal('0.99'),
      });
    });

    it('claims its own samples and no other', () => {
      expect(
        samplePaths()
          .filter((path) => scalable.detect(sample(path)) > 0)
          .toSorted(),
      ).toEqual(own().toSorted());
    });
  },
);
