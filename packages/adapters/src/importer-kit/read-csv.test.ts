import { describe, expect, it } from 'vitest';
import { guessDelimiter, headHasHeader, readCsv, readRecords } from './read-csv.ts';

describe('readRecords', () => {
  it('keeps text as text and counts physical lines', () => {
    const records = readRecords('\uFEFFa,b\r\n\r\n0700,"x\r\ny"\r\n1,2,', ',');
    expect(records).toEqual([
      { line: 1, cells: ['a', 'b'], unclosed: false },
      { line: 3, cells: ['0700', 'x\r\ny'], unclosed: false },
      { line: 5, cells: ['1', '2', ''], unclosed: false },
    ]);
  });

  it('reads doubled quotes, bare inner quotes and empty quoted cells', () => {
    expect(readRecords('"a ""b"" c","Foo "Bar" Inc","",d"e', ',')[0]?.cells).toEqual([
      'a "b" c',
      'Foo "Bar" Inc',
      '',
      'd"e',
    ]);
  });

  it('marks a record whose quote is never closed', () => {
    const records = readRecords('a\n"b\nc', ',');
    expect(records[1]).toEqual({ line: 2, cells: ['b\nc'], unclosed: true });
  });

  it('takes time in proportion to the length', () => {
    const text = '"a""'.repeat(500_000);
    const from = performance.now();
    readRecords(text, ',');
    expect(performance.now() - from).toBeLessThan(3000);
  });
});

describe('readCsv', () => {
  it('finds the header below a preamble', () => {
    const table = readCsv('Account 1\n\nDate;Sum\n1;2\n', { delimiter: ';', headerHas: ['Sum'] });
    expect(table?.headerLine).toBe(3);
    expect(table?.preamble.map((record) => record.line)).toEqual([1]);
    expect(table?.records.map((record) => record.cells)).toEqual([['1', '2']]);
  });

  it('answers undefined where the header is missing', () => {
    expect(readCsv('a,b\n1,2\n', { headerHas: ['c'] })).toBeUndefined();
    expect(headHasHeader('', { headerHas: ['c'] })).toBe(false);
  });

  it.each([
    ['a,b;c,d', ','],
    ['a;b', ';'],
    ['a\tb', '\t'],
    ['\n\na|b', '|'],
  ] as const)('guesses the delimiter of %j', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });
});
