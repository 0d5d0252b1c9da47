/** One record of a CSV file: its cells as they are written, never coerced. */
export interface CsvRecord {
  /** Physical line it starts on, 1-based. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Its last cell opens a quote that the file never closes; all that follows is inside it. */
  readonly unclosed: boolean;
}

export type Delimiter = ',' | ';' | '\t' | '|';

/** A CSV file whose header was found. */
export interface CsvTable {
  readonly delimiter: Delimiter;
  /** Column titles, trimmed. */
  readonly header: readonly string[];
  readonly headerLine: number;
  /** What stands above the header. */
  readonly preamble: readonly CsvRecord[];
  /** What stands below it, without blank lines. */
  readonly records: readonly CsvRecord[];
}

const isLineEnd = (character: string | undefined): boolean =>
  character === '\n' || character === '\r';

interface Cursor {
  readonly text: string;
  readonly delimiter: string;
  at: number;
  line: number;
}

/** Steps over one line end, `\r\n` counting as one. */
function passLineEnd(cursor: Cursor): void {
  if (cursor.text[cursor.at] === '\r' && cursor.text[cursor.at + 1] === '\n') cursor.at++;
  cursor.at++;
  cursor.line++;
}

/**
 * A quote closes its cell only before a delimiter, a line end or the end of the file: some brokers
 * write `"Foo "Bar" Inc"` without doubling the inner ones.
 */
function closesAt(cursor: Cursor, quoteAt: number): boolean {
  const next = cursor.text[quoteAt + 1];
  return next === undefined || next === cursor.delimiter || isLineEnd(next);
}

/** Reads a quoted cell from its opening quote; tells whether it was closed. */
function quotedCell(cursor: Cursor): { readonly cell: string; readonly closed: boolean } {
  const { text } = cursor;
  let cell = '';
  cursor.at++;
  let from = cursor.at;
  while (cursor.at < text.length) {
    const character = text[cursor.at];
    if (isLineEnd(character)) {
      passLineEnd(cursor);
    } else if (character === '"' && text[cursor.at + 1] === '"') {
      cell += text.slice(from, cursor.at + 1);
      cursor.at += 2;
      from = cursor.at;
    } else if (character === '"' && closesAt(cursor, cursor.at)) {
      cell += text.slice(from, cursor.at);
      cursor.at++;
      return { cell, closed: true };
    } else {
      cursor.at++;
    }
  }
  return { cell: cell + text.slice(from), closed: false };
}

function plainCell(cursor: Cursor): string {
  const from = cursor.at;
  while (cursor.at < cursor.text.length) {
    const character = cursor.text[cursor.at];
    if (character === cursor.delimiter || isLineEnd(character)) break;
    cursor.at++;
  }
  return cursor.text.slice(from, cursor.at);
}

function nextRecord(cursor: Cursor): CsvRecord {
  const line = cursor.line;
  const cells: string[] = [];
  while (true) {
    const quoted = cursor.text[cursor.at] === '"' ? quotedCell(cursor) : undefined;
    cells.push(quoted ? quoted.cell : plainCell(cursor));
    if (quoted && !quoted.closed) return { line, cells, unclosed: true };
    if (cursor.text[cursor.at] !== cursor.delimiter) break;
    cursor.at++;
  }
  if (cursor.at < cursor.text.length) passLineEnd(cursor);
  return { line, cells, unclosed: false };
}

const isBlank = (record: CsvRecord): boolean => record.cells.every((cell) => cell.trim() === '');

/**
 * All records of the text in one pass, blank ones left out. Quoted cells may span lines; LF, CRLF
 * and CR end lines; a byte order mark is skipped.
 */
export function readRecords(text: string, delimiter: Delimiter): readonly CsvRecord[] {
  const cursor = { text, delimiter, at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 };
  const records: CsvRecord[] = [];
  while (cursor.at < text.length) {
    const record = nextRecord(cursor);
    if (!isBlank(record)) records.push(record);
  }
  return records;
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** The delimiter that cuts the first filled line into most cells. */
export function guessDelimiter(text: string): Delimiter {
  const firstLine = /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 16_384))?.[0] ?? '';
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Where and how to find the header. */
export interface CsvShape {
  /** Guessed from the first filled line where not given. */
  readonly delimiter?: Delimiter;
  /** Titles that the header row has; without it, the first record is the header. */
  readonly headerHas?: readonly string[];
}

const hasAll = (titles: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((title) => titles.includes(title));

/** Lines that may stand above a header. */
const longestPreamble = 40;

/** Reads a CSV file with a header row; undefined where there is no such header. */
export function readCsv(text: string, shape: CsvShape = {}): CsvTable | undefined {
  const delimiter = shape.delimiter ?? guessDelimiter(text);
  const records = readRecords(text, delimiter);
  const wanted = shape.headerHas ?? [];
  const at = records.slice(0, longestPreamble).findIndex((record) =>
    hasAll(
      record.cells.map((cell) => cell.trim()),
      wanted,
    ),
  );
  const header = records[at];
  if (!header) return undefined;
  return {
    delimiter,
    header: header.cells.map((cell) => cell.trim()),
    headerLine: header.line,
    preamble: records.slice(0, at),
    records: records.slice(at + 1),
  };
}

/** Whether the head of the text has a header row with all these titles: what most `detect`s ask. */
export const headHasHeader = (text: string, shape: CsvShape): boolean =>
  readCsv(text.slice(0, 65_536), shape) !== undefined;
