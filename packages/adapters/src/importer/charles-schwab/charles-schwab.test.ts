import { decimal, formatDecimal, price } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { readCsv, readNumber } from '../../importer-kit/index.ts';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { cashEffects } from '../../importer-kit/testing/cash-effects.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import schwab from './index.ts';

const header = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"';

const parse = (...lines: string[]) => schwab.parse(textFile([header, ...lines].join('\n')), {});
const transactions = (...lines: string[]) => parse(...lines).rows.map((row) => row.transaction);

const month = [
  '"03/29/2024","Wire Sent","","WIRED FUNDS DISBURSED","","","","-$100.00"',
  '"03/28/2024","Reinvest Shares","ACME","ACME CORP","0.5","$17.00","","-$8.50"',
  '"03/27/2024","Qual Div Reinvest","ACME","ACME CORP","","","","$10.00"',
  '"03/27/2024","Foreign Tax Paid","ACME","ACME CORP","","","","-$1.50"',
  '"03/20/2024 as of 03/18/2024","Sell","ACME","ACME CORP","10","$20.00","$0.04","$199.96"',
  '"03/15/2024","Credit Interest","","SCHWAB1 INT 02/15-03/14","","","","$1.04"',
  '"03/10/2024","ADR Mgmt Fee","ACME","ACME CORP","","","","-$0.50"',
  '"03/04/2024","Buy","ACME","ACME CORP","100","$15.00","$1.00","-$1,501.00"',
  '"03/01/2024","MoneyLink Transfer","","Tfr BANK, XXXX","","","","$2,000.00"',
  '"Transactions Total","","","","","","","$600.00"',
];

describe('Charles Schwab transactions', () => {
  it('makes one reinvested dividend of payment, tax and purchase', () => {
    expect(parse(...month).rows.find((row) => row.line === 3)).toEqual({
      line: 3,
      lines: [3, 4, 5],
      transaction: {
        type: 'dividend',
        effectiveAt: '2024-03-28',
        instrument: { symbol: 'ACME', name: 'ACME CORP', currency: 'USD' },
        amount: decimal('10'),
        tax: decimal('1.5'),
        fee: 0n,
        currency: 'USD',
        reinvested: {
          instrument: { symbol: 'ACME', name: 'ACME CORP', currency: 'USD' },
          quantity: decimal('0.5'),
        },
      },
    });
  });

  it('moves cash by just the sum of the amounts', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ USD: '599.5' });
    expect(parsed.ignored).toMatchObject([{ line: 11 }]);
  });

  it('takes the trade day from "as of" and adds the fee to what was received', () => {
    expect(transactions(...month).find((found) => found.type === 'sell')).toMatchObject({
      effectiveAt: '2024-03-18',
      amount: decimal('200'),
      price: price('20'),
      fee: decimal('0.04'),
    });
  });

  it('lists the oldest first', () => {
    expect(transactions(...month).map(({ type }) => type)).toEqual([
      'deposit',
      'buy',
      'fee',
      'interest',
      'sell',
      'dividend',
      'withdrawal',
    ]);
  });

  it('keeps a dividend and a purchase apart whose amounts differ', () => {
    const types = transactions(
      '"03/28/2024","Reinvest Shares","ACME","ACME CORP","0.5","$17.00","","-$8.51"',
      '"03/27/2024","Reinvest Dividend","ACME","ACME CORP","","","","$8.50"',
    ).map(({ type }) => type);
    expect(types).toEqual(['dividend', 'buy']);
  });

  it('names what left under its CUSIP by the symbol it had', () => {
    expect(
      transactions(
        '"07/26/2021","Stock Merger","LUC","LUC GROUP INC","50","","",""',
        '"07/26/2021","Stock Merger","171430002","HILL CAPITAL XXXMANDATORY MERGER EFF: 07/26/21","-100","","",""',
        '"01/26/2021","Buy","HILL","HILL CAPITAL","100","$10.00","","-$1000.00"',
      )[1],
    ).toMatchObject({
      type: 'merger',
      instrument: { cusip: '171430002', symbol: 'HILL' },
      into: { symbol: 'LUC' },
      ratio: { old: decimal('100'), new: decimal('50') },
    });
  });

  it('reads options, and takes the delivery at the strike as part of the assignment', () => {
    const rows = parse(
      '"01/22/2024 as of 01/19/2024","Assigned","ACME 01/19/2024 150.00 P","PUT ACME CORP $150 EXP 01/19/24","1","","",""',
      '"01/22/2024 as of 01/19/2024","Buy","ACME","ACME CORP","100","$150.00","$0.01","-$15,000.01"',
      '"01/02/2024","Sell to Open","ACME 01/19/2024 150.00 P","PUT ACME CORP $150 EXP 01/19/24","1","$2.50","$0.66","$249.34"',
    ).rows;
    expect(rows.map((row) => row.transaction)).toMatchObject([
      {
        type: 'short',
        quantity: decimal('1'),
        price: price('2.5'),
        amount: decimal('250'),
        instrument: {
          kind: 'option',
          option: { right: 'put', strike: decimal('150'), expiresOn: '2024-01-19' },
        },
      },
      { type: 'option-assignment', effectiveAt: '2024-01-19', fee: decimal('0.01') },
    ]);
    expect(rows[1]?.lines).toEqual([2, 3]);
  });

  it('leaves out the price of a bond, which is per hundred of face', () => {
    const [bought] = transactions(
      '"01/02/2024","Buy","912828ZZ1","US TREASURY NOTE","5000","$99.50","","-$4,975.00"',
    );
    expect(bought).toMatchObject({ amount: decimal('4975'), instrument: { cusip: '912828ZZ1' } });
    expect(bought).not.toHaveProperty('price');
  });

  it('joins the cash and the units of a merger for cash', () => {
    expect(
      parse(
        '"05/02/2024","Cash Merger","GONE","GONE INC","","","","$1,200.00"',
        '"05/02/2024","Cash Merger Adj","GONE","GONE INC","-40","","",""',
      ).rows,
    ).toMatchObject([
      {
        lines: [2, 3],
        transaction: { type: 'sell', quantity: decimal('40'), amount: decimal('1200') },
      },
    ]);
  });

  it('reads a file with a title above its header', () => {
    const text = `"Transactions  for account Individual ...123 as of 04/01/2024"\n\n${header}\n${month[7]}\n`;
    expect(schwab.detect(textFile(text))).toBe(1);
    expect(schwab.parse(textFile(text), {}).rows).toMatchObject([{ line: 4 }]);
  });

  it.each([
    ['"03/01/2024","Levitate","ACME","","1","","",""', 'Action', 'import.unknown-kind'],
    ['"03/01/2024","Buy","","ACME","1","$1.00","","-$1.00"', 'Symbol', 'import.missing'],
    ['"03/01/2024","Buy","ACME","ACME","","$1.00","","-$1.00"', 'Quantity', 'import.missing'],
    ['"03/01/2024","Buy","ACME","ACME","1","$1.00","","$1.00"', 'Amount', 'import.wrong-sign'],
    ['"2024-13-01","Buy","ACME","ACME","1","$1.00","","-$1.00"', 'Date', 'import.not-a-day'],
    ['"03/01/2024","Spin-off","KID","KID INC","3","","",""', 'Action', 'import.spin-off-terms'],
    [
      '"03/01/2024","Name Change","NEW","NEW INC","3","","",""',
      'Action',
      'import.other-half-missing',
    ],
  ])('refuses %s', (text, column, code) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 2, column, code }] });
  });

  it('accounts for every line of damaged files and never throws', () => {
    const shape = { delimiter: ',', headerHas: ['Fees & Comm', 'Action'] } as const;
    expect(faultsUnderDamage(schwab, [header, ...month].join('\n'), { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('Schwab sample export (skipped where the samples are absent)', () => {
  const file = () => sample('export-samples/schwab-export.csv');
  const parsed = () => schwab.parse(file(), {});

  it('takes every row but the spin-off, whose terms the file lacks', () => {
    expect(accountingFaults(file().text, parsed())).toEqual([]);
    expect(parsed().refused).toMatchObject([{ line: 113, code: 'import.spin-off-terms' }]);
    expect(parsed().rows).toHaveLength(84);
  });

  it('finds the 30 reinvested dividends', () => {
    const reinvested = parsed().rows.filter(
      ({ transaction }) => transaction.type === 'dividend' && transaction.reinvested,
    );
    expect(reinvested).toHaveLength(30);
    expect(reinvested.every(({ lines }) => lines?.length === 2)).toBe(true);
  });

  it('moves cash by just the sum of the Amount column', () => {
    const amounts = (readCsv(file().text, { delimiter: ',' })?.records ?? [])
      .filter((record) => record.cells[0] !== 'Transactions Total')
      .map((record) => readNumber(record.cells[7] || '0', { decimal: '.' }));
    const sum = amounts.reduce((total, amount) => total + (amount.ok ? amount.value : 0n), 0n);
    expect(cashEffects(parsed().rows)).toEqual({ USD: formatDecimal(sum) });
  });

  it('adds nine shares of Broadcom on the day the split was booked', () => {
    expect(parsed().rows.find((row) => row.line === 108)?.transaction).toMatchObject({
      type: 'split',
      effectiveAt: '2024-07-15',
      added: decimal('9'),
    });
  });

  it('claims its own sample and no other', () => {
    expect(samplePaths().filter((path) => schwab.detect(sample(path)) > 0)).toEqual([
      'export-samples/schwab-export.csv',
    ]);
  });
});
