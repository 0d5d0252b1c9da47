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
import xtb from './index.ts';

const header = 'ID;Type;Time;Symbol;Comment;Amount';

const parse = (lines: readonly string[], currency?: string) =>
  xtb.parse(textFile([header, ...lines].join('\n')), currency === undefined ? {} : { currency });

const spring = [
  '109;Withdrawal;30.04.2024 10:00:00;;Withdrawal from 1;-100.00',
  '108;Withholding tax;12.04.2024 13:01:17;ACM.US;ACM.US USD WHT 15%;-1.50',
  '107;Dividend;12.04.2024 13:01:17;ACM.US;ACM.US USD 1.0000/ SHR;10.00',
  '106;Free funds interests tax;07.04.2024 09:36:50;;Free-funds Interest Tax 2024-03;-0.02',
  '105;Free funds interests;05.04.2024 13:42:58;;Free-funds Interest 2024-03;0.1',
  '104;Stocks/ETF sale;04.04.2024 11:42:37;ACM.DE;CLOSE BUY 1 @ 26.280;26.28',
  '103;Ações/ETF compra;03.04.2024 20:56:07;ACM.US;OPEN BUY 1 @ 122.34;-111.25',
  '102;Stocks/ETF purchase;02.04.2024 13:01:44;ACM.DE;OPEN BUY 0.5658/2.5658 @ 11.7470;-6.65',
  '101;Deposit;01.04.2024 13:00:22;;bank transfer;500',
];

describe('XTB cash operations', () => {
  it("finds the account's currency in trades that were paid for by just quantity × price", () => {
    expect(parse(spring).currency).toBe('EUR');
    expect(parse(spring.slice(0, 5))).toMatchObject({
      rows: [],
      refused: [{ line: 1, code: 'import.currency-unknown' }],
    });
    expect(parse(spring.slice(0, 5), 'PLN')).toMatchObject({ currency: 'PLN', refused: [] });
  });

  it('settles a trade of a foreign market in what was paid', () => {
    expect(parse(spring).rows.find((row) => row.line === 8)).toEqual({
      line: 8,
      externalId: '103',
      transaction: {
        type: 'buy',
        effectiveAt: '2024-04-03',
        time: '20:56:07',
        instrument: { symbol: 'ACM.US', currency: 'USD' },
        quantity: decimal('1'),
        price: price('122.34'),
        amount: decimal('122.34'),
        currency: 'USD',
        settlement: { currency: 'EUR', amount: decimal('111.25') },
        fee: 0n,
        tax: 0n,
      },
    });
  });

  it('takes the fill, not the order, as the quantity', () => {
    expect(parse(spring).rows.find((row) => row.line === 9)?.transaction).toMatchObject({
      quantity: decimal('0.5658'),
      amount: decimal('6.65'),
    });
  });

  it('takes no price in London where it does not explain the amount', () => {
    const [bought] = parse(
      ['1;Stocks/ETF purchase;14.05.2024 17:21:09;ACM.UK;OPEN BUY 2 @ 550.30;-12.80'],
      'EUR',
    ).rows;
    expect(bought?.transaction).toMatchObject({
      amount: decimal('12.8'),
      currency: 'EUR',
      note: 'OPEN BUY 2 @ 550.30',
    });
    expect(bought?.transaction).not.toHaveProperty('price');
  });

  it('joins withheld tax to its dividend, by the id next to it among several', () => {
    const lines = [
      '20;Dividend;12.07.2024 13:01:17;X.US;X.US USD 0.1600/ SHR;2.56',
      '21;Withholding tax;12.07.2024 13:01:17;X.US;X.US USD WHT 30%;-0.77',
      '11;Withholding tax;12.07.2024 13:01:17;X.US;X.US USD WHT 30%;-3.84',
      '10;Dividend;12.07.2024 13:01:17;X.US;X.US USD 0.1600/ SHR;12.8',
      '31;Withholding tax;12.07.2024 13:01:17;X.US;X.US USD WHT 30%;-9.99',
    ];
    expect(
      parse(lines, 'USD').rows.map(({ lines: joined, transaction }) => [joined, transaction.type]),
    ).toEqual([
      [undefined, 'tax'],
      [[4, 5], 'dividend'],
      [[2, 3], 'dividend'],
    ]);
  });

  it('moves cash by just the sum of the amounts', () => {
    expect(cashEffects(parse(spring).rows)).toEqual({ EUR: '316.96' });
  });

  it('ignores operations that stand in the file twice', () => {
    const parsed = parse([...spring, ...spring.slice(0, 2)]);
    expect(parsed.rows).toHaveLength(8);
    expect(parsed.ignored.map((row) => row.line)).toEqual([11, 12]);
  });

  it.each([
    ['1;Levitation;12.07.2024 13:01:17;X.US;up;1', 'Type', 'import.unknown-kind'],
    [
      '1;close trade;12.07.2024 13:01:17;X.US;Profit of position #1;1',
      'Type',
      'import.unknown-kind',
    ],
    [
      '1;Stocks/ETF sale;12.07.2024 13:01:17;X.US;CLOSE BUY 1 @ 5;-5',
      'Amount',
      'import.trade-unclear',
    ],
    ['1;Deposit;010.09.2024 20:49:02;;in;1', 'Time', 'import.not-a-day'],
    ['1;Deposit;10.09.2024 20:49:02;;in; bank; 7;1', null, 'import.too-many-cells'],
  ])('refuses %s', (line, column, code) => {
    expect(parse([line, spring[8] ?? ''], 'EUR').refused).toMatchObject([
      { line: 2, column, code },
    ]);
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { headerHas: ['ID', 'Comment', 'Amount'] };
    expect(faultsUnderDamage(xtb, [header, ...spring].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('XTB sample export (skipped where the samples are absent)', () => {
  const file = () => sample('export-samples/xtb-export.csv');

  it('takes every row but the one with an impossible day', () => {
    const parsed = xtb.parse(file(), {});
    expect(accountingFaults(file().text, parsed)).toEqual([]);
    expect(parsed.refused).toMatchObject([{ line: 43, code: 'import.not-a-day' }]);
    expect(parsed.rows).toHaveLength(36);
    expect(parsed.ignored.map((row) => row.line)).toEqual([30, 37, 38, 39]);
    expect(parsed.currency).toBe('EUR');
  });

  it('claims its own sample and no other', () => {
    expect(samplePaths().filter((path) => xtb.detect(sample(path)) > 0)).toEqual([
      'export-samples/xtb-export.csv',
    ]);
  });
});
