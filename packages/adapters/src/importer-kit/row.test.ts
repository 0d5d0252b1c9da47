import { decimal } from '@plimsoll/kernel';
import type { ImportedRow } from '@plimsoll/ports';
import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';
import { inTimeOrder, Reading } from './reading.ts';
import { all, type Row, rowsOf } from './row.ts';

const rowsIn = (text: string) => {
  const table = readCsv(text, { delimiter: ',' });
  if (!table) throw new Error('the text has no header');
  return rowsOf(table, { decimal: '.', days: 'ymd' });
};

const firstRow = (text: string): Row => {
  const row = rowsIn(text).rows[0];
  if (!row) throw new Error('the text has no row');
  return row;
};

describe('rows', () => {
  it('reads fields together and refuses the first bad one by line, column and value', () => {
    const row = firstRow('Day,Sum\n2024-01-02,12x\n');
    const read = all({ when: row.when('Day'), sum: row.decimal('Sum') });
    expect(read).toMatchObject({
      ok: false,
      fault: { line: 2, column: 'Sum', value: '12x', code: 'import.not-a-number' },
    });
  });

  it('answers all values where all are good', () => {
    const row = firstRow('Day,Sum,Fee\n2024-01-02,12,\n');
    const read = all({
      when: row.when('Day'),
      sum: row.positive('Sum'),
      fee: row.decimalOrZero('Fee'),
    });
    expect(read).toEqual({
      ok: true,
      value: { when: { day: '2024-01-02' }, sum: decimal('12'), fee: 0n },
    });
  });

  it('refuses rows that have more cells than the header, but not trailing delimiters', () => {
    const { rows, refused } = rowsIn('a,b\n1,2,,\n1,2,3\n');
    expect(rows.map((row) => row.line)).toEqual([2]);
    expect(refused).toMatchObject([{ line: 3, code: 'import.too-many-cells', value: '3' }]);
  });

  it.each(['', '0', '-1'])('refuses %j where a number above zero is needed', (text) => {
    expect(firstRow(`a,b\n${text},x\n`).positive('a').ok).toBe(false);
  });
});

const deposit = (line: number, effectiveAt: string, time?: string): ImportedRow => ({
  line,
  transaction: {
    type: 'deposit',
    amount: decimal('1'),
    currency: 'EUR',
    effectiveAt,
    ...(time === undefined ? {} : { time }),
  },
});

describe('inTimeOrder', () => {
  const order = (...rows: ImportedRow[]) => inTimeOrder(rows).map((row) => row.line);

  it('turns a newest-first file round, within its days too', () => {
    expect(
      order(deposit(2, '2024-01-03'), deposit(3, '2024-01-02'), deposit(4, '2024-01-02')),
    ).toEqual([4, 3, 2]);
  });

  it('keeps the order of an oldest-first file', () => {
    expect(
      order(deposit(2, '2024-01-02'), deposit(3, '2024-01-02'), deposit(4, '2024-01-05')),
    ).toEqual([2, 3, 4]);
  });

  it('goes by time only on days where every row has one', () => {
    expect(
      order(
        deposit(2, '2024-01-02', '10:00:00'),
        deposit(3, '2024-01-02', '09:00:00'),
        deposit(4, '2024-01-03'),
      ),
    ).toEqual([3, 2, 4]);
    expect(
      order(
        deposit(2, '2024-01-02', '10:00:00'),
        deposit(3, '2024-01-02'),
        deposit(4, '2024-01-02', '09:00:00'),
        deposit(5, '2024-01-03'),
      ),
    ).toEqual([2, 3, 4, 5]);
  });
});

describe('Reading', () => {
  it('refuses every row of a group whose one row is refused', () => {
    const row = firstRow('a\nx\n');
    const reading = new Reading();
    reading.settle([2, 3], row.unknown('a'));
    expect(reading.finish().refused).toMatchObject([
      { line: 2, code: 'import.unknown-kind' },
      { line: 3, code: 'import.companion-refused' },
    ]);
  });
});

describe('inTimeOrder of a single day', () => {
  it('goes by the usual order of the format', () => {
    const rows = [deposit(2, '2024-01-02'), deposit(3, '2024-01-02')];
    expect(inTimeOrder(rows).map((row) => row.line)).toEqual([2, 3]);
    expect(inTimeOrder(rows, 'newest-first').map((row) => row.line)).toEqual([3, 2]);
  });
});
