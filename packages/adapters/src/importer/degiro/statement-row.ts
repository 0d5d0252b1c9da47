import type { Currency } from '@plimsoll/domain';
import { type Day, type Decimal, ok } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import {
  all,
  type CsvRecord,
  type CsvTable,
  type DecimalMark,
  inPounds,
  type Read,
  type Row,
  readEither,
  readRecords,
  rowsOf,
  wholeCurrency,
} from '../../importer-kit/index.ts';

/** One row of the statement, read but not yet understood. */
export interface StatementRow {
  readonly row: Row;
  /** All physical rows it was written on: long cells are broken over several. */
  readonly lines: readonly number[];
  readonly line: number;
  readonly day: Day;
  readonly time?: string;
  readonly valueDay: string;
  readonly product: string;
  readonly isin: string;
  readonly description: string;
  /** Title of the description's column, for refusals. */
  readonly descriptionColumn: string;
  /** What came (positive) or went; zero with no currency where the row moves no cash. */
  readonly change: Decimal;
  readonly currency: Currency;
  readonly balance?: Decimal;
  readonly balanceCurrency: Currency;
  readonly orderId: string;
}

/** Titles of the twelve columns; the amounts' own columns have none in the file. */
export interface Columns {
  readonly day: string;
  readonly time: string;
  readonly valueDay: string;
  readonly product: string;
  readonly isin: string;
  readonly description: string;
  readonly currency: string;
  readonly change: string;
  readonly balanceCurrency: string;
  readonly balance: string;
  readonly orderId: string;
}

const width = 12;

const descriptionTitles =
  /^(omschrijving|description|descri[cç][aã]o|beschreibung|descripci[oó]n|descrizione|popis|beskrivelse|beskrivning|opis)$/i;

/** Whether cells are the statement's header: its shape is the same in every language. */
export function isHeader(cells: readonly string[]): boolean {
  const titles = cells.map((cell) => cell.trim());
  const named = [0, 1, 2, 3, 5, 6, 7, 9, 11].every((at) => (titles[at] ?? '') !== '');
  const unnamed = titles[8] === '' && titles[10] === '';
  return (
    named &&
    unnamed &&
    titles.slice(width).every((title) => title === '') &&
    /isin/i.test(titles[4] ?? '') &&
    descriptionTitles.test(titles[5] ?? '')
  );
}

/** The statement with titles for its two untitled columns; undefined where it is not one. */
export function statementTable(text: string): CsvTable | undefined {
  const records = readRecords(text, ',');
  const at = records.slice(0, 5).findIndex((record) => isHeader(record.cells));
  const header = records[at];
  if (!header) return undefined;
  const titles = header.cells.slice(0, width).map((cell) => cell.trim());
  titles[8] = `${titles[7] ?? ''} (amount)`;
  titles[10] = `${titles[9] ?? ''} (amount)`;
  return {
    delimiter: ',',
    header: titles,
    headerLine: header.line,
    preamble: records.slice(0, at),
    records: records.slice(at + 1),
  };
}

export function columnsOf(header: readonly string[]): Columns {
  const title = (at: number): string => header[at] ?? '';
  return {
    day: title(0),
    time: title(1),
    valueDay: title(2),
    product: title(3),
    isin: title(4),
    description: title(5),
    currency: title(7),
    change: title(8),
    balanceCurrency: title(9),
    balance: title(10),
    orderId: title(11),
  };
}

/** A row with nothing but product, description or order id goes on with the row above it. */
const isContinuation = (record: CsvRecord): boolean =>
  record.cells.every((cell, at) => cell.trim() === '' || at === 3 || at === 5 || at === 11);

/** One row of the statement and the physical rows it was written on. */
interface Joined {
  readonly record: CsvRecord;
  readonly lines: readonly number[];
}

/** No cell is broken over more rows than this; what follows is a row of its own, and refused. */
const mostRowsOfOne = 5;

function joinTwo(above: Joined, below: CsvRecord): Joined {
  const cells = above.record.cells.map((cell, at) => {
    const rest = (below.cells[at] ?? '').trim();
    if (rest === '') return cell;
    return at === 11 ? `${cell.trim()}${rest}` : `${cell.trim()} ${rest}`;
  });
  return { record: { ...above.record, cells }, lines: [...above.lines, below.line] };
}

function joinContinuations(records: readonly CsvRecord[]): readonly Joined[] {
  const joined: Joined[] = [];
  for (const record of records) {
    const above = joined.at(-1);
    const continues = above && above.lines.length < mostRowsOfOne && isContinuation(record);
    if (continues && !record.unclosed) joined[joined.length - 1] = joinTwo(above, record);
    else joined.push({ record, lines: [record.line] });
  }
  return joined;
}

function amountIn(row: Row, column: string, mark: DecimalMark): Read<Decimal> {
  const read = readEither(row.text(column), mark);
  if (read !== undefined) return ok(read);
  return row.refuseCell(column, {
    code: 'import.not-a-number',
    reason: `${column}: "${row.text(column)}" is not a number.`,
    fix: 'Export the file again without opening it in a spreadsheet, or correct the number.',
  });
}

function readRow(row: Row, lines: readonly number[], titles: Columns, mark: DecimalMark) {
  const moves = row.has(titles.change);
  const states = row.has(titles.balance) && row.has(titles.balanceCurrency);
  const read = all({
    when: row.when(titles.day),
    description: row.required(titles.description),
    change: moves ? amountIn(row, titles.change, mark) : ok(0n),
    currency: moves ? row.currency(titles.currency) : ok(''),
    balance: states ? amountIn(row, titles.balance, mark) : ok(undefined),
    balanceCurrency: states ? row.currency(titles.balanceCurrency) : ok(''),
  });
  if (!read.ok) return read;
  const { when, description, change, currency, balance, balanceCurrency } = read.value;
  const clock = /^(\d{1,2}):(\d{2})$/.exec(row.text(titles.time));
  return ok<StatementRow>({
    row,
    lines,
    line: row.line,
    day: when.day,
    ...(clock ? { time: `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}:00` } : {}),
    valueDay: row.text(titles.valueDay),
    product: row.text(titles.product),
    isin: row.text(titles.isin),
    description,
    descriptionColumn: titles.description,
    change: inPounds(change, currency),
    currency: wholeCurrency(currency),
    ...(balance === undefined ? {} : { balance: inPounds(balance, balanceCurrency) }),
    balanceCurrency: wholeCurrency(balanceCurrency),
    orderId: row.text(titles.orderId),
  });
}

/** The statement's rows, and the refusals of those that cannot be read. */
export function readStatement(
  table: CsvTable,
  mark: DecimalMark,
): { readonly rows: readonly StatementRow[]; readonly refused: readonly RefusedRow[] } {
  const joined = joinContinuations(table.records);
  const linesOf = new Map(joined.map(({ record, lines }) => [record.line, lines]));
  const whole = { ...table, records: joined.map(({ record }) => record) };
  const { rows, refused: misfits } = rowsOf(whole, { decimal: mark, days: 'dmy' });
  const refused: RefusedRow[] = [];
  const refuse = (refusal: RefusedRow): void => {
    for (const line of linesOf.get(refusal.line) ?? []) refused.push({ ...refusal, line });
  };
  misfits.forEach(refuse);
  const read: StatementRow[] = [];
  for (const row of rows) {
    const result = readRow(row, linesOf.get(row.line) ?? [row.line], columnsOf(table.header), mark);
    if (result.ok) read.push(result.value);
    else refuse(result.fault);
  }
  return { rows: read, refused };
}
