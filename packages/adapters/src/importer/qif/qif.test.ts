import { decimal, formatDecimal, seededRandom } from '@plimsoll/kernel';
import type { ImportOptions, ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { haveSamples, sample, textFile } from '../../importer-kit/testing/shared-sample.ts';
import importer from './index.ts';
import { readQifRecords } from './read-qif-records.ts';

const parse = (text: string, options: ImportOptions = { currency: 'USD' }): ParsedFile =>
  importer.parse(textFile(text, 'export.qif'), options);

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const bank = `!Account
NChecking
TBank
^
!Type:Bank
D01/02/2024
T1,000.00
POpening Balance
L[Checking]
^
D01/05/2024
T-20.50
PShop
MFood
LGroceries
SGroceries
$-10.00
SHousehold
$-10.50
^
D1/ 6'24
T0.42
LInt Inc
^
D01/07/2024
T-100
L[Savings]
^
!Account
NSavings
TBank
^
!Type:Bank
D01/07/2024
T100
L[Checking]
^
`;

describe('bank accounts', () => {
  const parsed = parse(bank);

  test('are read with opening balance, category and transfer between accounts of the file', () => {
    expect(parsed.refused).toEqual([]);
    expect(transactions(parsed)).toMatchObject([
      { type: 'opening-balance', effectiveAt: '2024-01-02', quantity: decimal('1000') },
      { type: 'withdrawal', amount: decimal('20.5'), note: 'Shop, Food' },
      { type: 'interest', effectiveAt: '2024-01-06', amount: decimal('0.42') },
      { type: 'transfer', toAccount: 'Savings', quantity: decimal('100') },
    ]);
    expect(new Set(parsed.rows.map((row) => row.account))).toEqual(new Set(['Checking']));
  });

  test('need a currency, which the format does not have', () => {
    expect(new Set(parse(bank, {}).refused.map((row) => row.code))).toEqual(
      new Set(['import.missing-currency']),
    );
  });

  test('have the day first where a date can only be read so', () => {
    const text = '!Type:Bank\nD02/03/2024\nT1\n^\nD25/03/2024\nT2\n^\n';
    expect(transactions(parse(text)).map((each) => each.effectiveAt)).toEqual([
      '2024-03-02',
      '2024-03-25',
    ]);
  });
});

const investments = `!Type:Security
NAlpha Inc
SAAA
TStock
^
!Type:Invst
D01/10/2024
NBuy
YAlpha Inc
I10
Q100
T1,005.00
O5.00
^
D01/11/2024
NBuyX
YAlpha Inc
I10
Q1
T10.00
L[Checking]
$10.00
^
D02/01/2024
NReinvDiv
YAlpha Inc
I10
Q0.5
T5.00
^
D02/02/2024
NStkSplit
YAlpha Inc
Q20
^
D02/03/2024
NSell
YAlpha Inc
I6
Q10
T58.00
O2.00
^
D02/04/2024
NDiv
YAlpha Inc
T7.00
^
D02/05/2024
NVest
YAlpha Inc
Q5
^
`;

describe('an investment account', () => {
  const parsed = parse(investments);

  test('is read by action, the commission taken out of the total', () => {
    expect(transactions(parsed)).toMatchObject([
      {
        type: 'buy',
        amount: decimal('1000'),
        fee: decimal('5'),
        instrument: { symbol: 'AAA', name: 'Alpha Inc' },
      },
      { type: 'buy', amount: decimal('10') },
      { type: 'deposit', amount: decimal('10'), note: 'Checking' },
      { type: 'dividend', amount: decimal('5'), reinvested: { quantity: decimal('0.5') } },
      { type: 'split', ratio: { new: decimal('20'), old: decimal('10') } },
      { type: 'sell', amount: decimal('60'), fee: decimal('2') },
      { type: 'dividend', amount: decimal('7') },
    ]);
  });

  test('refuses actions it does not know by line and field', () => {
    expect(parsed.refused).toMatchObject([
      { line: 49, column: 'N (action)', value: 'Vest', code: 'import.unknown-kind' },
    ]);
  });
});

describe('what cannot be read', () => {
  test.each`
    what              | text                                | code
    ${'IIF'}          | ${'!TRNS\tTRNSTYPE\tDATE\n'}        | ${'import.not-qif'}
    ${'CSV'}          | ${'Date,Amount\n2024-01-01,1'}      | ${'import.not-qif'}
    ${'a broken day'} | ${'!Type:Bank\nD31/31/2024\nT1\n^'} | ${'import.not-a-day'}
    ${'no amount'}    | ${'!Type:Bank\nD01/31/2024\n^'}     | ${'import.missing'}
    ${'a cut record'} | ${'!Type:Bank\nD01/31/2024\nT1'}    | ${'import.cut-off'}
    ${'another list'} | ${'!Type:Trips\nNx\n^'}             | ${'import.unknown-list'}
  `('$what is refused by name', ({ text, code }) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ code }] });
  });

  test('damage never throws, and every record is accounted for once', () => {
    const random = seededRandom(11);
    const junk = ['', '^', '\n', '!', 'D', '-', '9e99', '\u0001', '[', '"'];
    for (let run = 0; run < 300; run++) {
      const whole = run % 2 === 0 ? bank : investments;
      const at = Math.floor(random.next() * whole.length);
      const until = at + Math.floor(random.next() * 8);
      const text = `${whole.slice(0, at)}${junk[Math.floor(random.next() * junk.length)]}${whole.slice(until)}`;
      const parsed = parse(text);
      if (parsed.refused[0]?.code === 'import.not-qif') continue;
      const lines = [
        ...parsed.rows.map((row) => row.line),
        ...parsed.refused.map((row) => row.line),
        ...parsed.ignored.map((row) => row.line),
      ];
      expect(new Set(lines).size).toBe(lines.length);
      for (const { line } of readQifRecords(text)) expect(lines).toContain(line);
    }
  });
});

test('detection goes by the first line', () => {
  expect(importer.detect(textFile(bank))).toBe(1);
  expect(importer.detect(textFile('Date,Amount\n2024-01-01,1', 'x.qif'))).toBe(0);
});

test.skipIf(!haveSamples)(
  'the sample (skipped where the shared samples are absent) sums to its amounts',
  () => {
    const parsed = importer.parse(sample('ofx/sample.qif'), { currency: 'USD' });
    expect(parsed.refused).toEqual([]);
    const sum = transactions(parsed).reduce((total, each) => {
      if (each.type === 'deposit') return total + each.amount;
      return each.type === 'withdrawal' ? total - each.amount : total;
    }, 0n);
    expect([parsed.rows.length, formatDecimal(sum)]).toEqual([7, '3208.72']);
  },
);
