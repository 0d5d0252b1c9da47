import type { Currency } from '@plimsoll/domain';
import { type Decimal, ok, type Price, type Result, refuse } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import type { CsvRecord, CsvTable } from './read-csv.ts';
import { type DayFormat, readDay, type When } from './read-day.ts';
import { type NumberStyle, readNumber, readPrice } from './read-number.ts';

/** What reading a part of a row answers: the value, or the row's refusal. */
export type Read<Value> = Result<Value, RefusedRow>;

/** What a refusal says beside where it is. */
export interface Complaint {
  /** Column title; null where the row as a whole is at fault. */
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

/** How the file writes numbers and days. */
export interface RowStyle extends NumberStyle {
  readonly days: DayFormat;
}

const longestValue = 80;

/** A refusal of the row on `line`. */
export const refusedRow = (line: number, complaint: Complaint): RefusedRow => ({
  line,
  ...complaint,
  value: complaint.value.slice(0, longestValue),
});

const fixes: Readonly<Record<string, string>> = {
  'import.not-a-day':
    'Export the file again without opening it in a spreadsheet, which may rewrite dates.',
  'import.not-a-number':
    'Export the file again without opening it in a spreadsheet, or correct the number.',
};

/** One row of a table with the means to read its cells by column title, or to refuse it by name. */
export class Row {
  readonly line: number;
  readonly cells: readonly string[];
  private readonly columns: ReadonlyMap<string, number>;
  private readonly style: RowStyle;

  constructor(record: CsvRecord, columns: ReadonlyMap<string, number>, style: RowStyle) {
    this.line = record.line;
    this.cells = record.cells;
    this.columns = columns;
    this.style = style;
  }

  /** The cell, trimmed; empty where the column or the cell is absent. */
  text(column: string): string {
    const at = this.columns.get(column);
    return at === undefined ? '' : (this.cells[at] ?? '').trim();
  }

  has(column: string): boolean {
    return this.text(column) !== '';
  }

  refuse(complaint: Complaint): { readonly ok: false; readonly fault: RefusedRow } {
    return refuse(refusedRow(this.line, complaint));
  }

  /** Refuses the row for what stands in one column. */
  refuseCell(
    column: string,
    why: { readonly code: string; readonly reason: string; readonly fix: string },
  ) {
    return this.refuse({ column, value: this.text(column), ...why });
  }

  /** Refuses the row because nothing is known of what it says in `column`. */
  unknown(column: string): { readonly ok: false; readonly fault: RefusedRow } {
    return this.refuseCell(column, {
      code: 'import.unknown-kind',
      reason: `"${this.text(column).slice(0, longestValue)}" is not a kind of row that is known for this format.`,
      fix: 'Record this row by hand, or import the others with "accept valid"; please report the kind so that it can be added.',
    });
  }

  /** The cell, which must not be empty. */
  required(column: string): Read<string> {
    const text = this.text(column);
    if (text !== '') return ok(text);
    return this.refuseCell(column, {
      code: 'import.missing',
      reason: `${column} is empty.`,
      fix: `Fill in ${column}, or export the file again with this column.`,
    });
  }

  private read<Value>(column: string, parse: (text: string) => Result<Value>): Read<Value> {
    const text = this.required(column);
    if (!text.ok) return text;
    const value = parse(text.value);
    if (value.ok) return value;
    const { code, detail } = value.fault;
    return this.refuseCell(column, {
      code: code.startsWith('import.') ? code : 'import.not-a-number',
      reason: `${column}: ${detail.replace(/\.$/, '')}.`,
      fix: fixes[code] ?? 'Correct the number.',
    });
  }

  decimal(column: string): Read<Decimal> {
    return this.read(column, (text) => readNumber(text, this.style));
  }

  /** The number, or undefined where the cell is empty or absent. */
  optionalDecimal(column: string): Read<Decimal | undefined> {
    return this.has(column) ? this.decimal(column) : ok(undefined);
  }

  /** The number, or zero where the cell is empty or absent. */
  decimalOrZero(column: string): Read<Decimal> {
    return this.has(column) ? this.decimal(column) : ok(0n);
  }

  /** A number above zero. */
  positive(column: string): Read<Decimal> {
    const value = this.decimal(column);
    if (!value.ok || value.value > 0n) return value;
    return this.refuseCell(column, {
      code: 'import.not-positive',
      reason: `${column} must be above zero.`,
      fix: `Correct ${column}, or leave the row out.`,
    });
  }

  price(column: string): Read<Price> {
    return this.read(column, (text) => readPrice(text, this.style));
  }

  optionalPrice(column: string): Read<Price | undefined> {
    return this.has(column) ? this.price(column) : ok(undefined);
  }

  when(column: string): Read<When> {
    return this.read(column, (text) => readDay(text, this.style.days));
  }

  /** An upper-case currency code; `GBX` passes as it is (see `inPounds`). */
  currency(column: string): Read<Currency> {
    const text = this.required(column);
    if (!text.ok || /^[A-Z]{3}$/.test(text.value) || text.value === 'GBp') return text;
    return this.refuseCell(column, {
      code: 'import.not-a-currency',
      reason: `"${text.value.slice(0, longestValue)}" is not a currency code such as EUR.`,
      fix: `Write a three-letter currency code in ${column}.`,
    });
  }
}

const misfit = (record: CsvRecord, width: number): Complaint | undefined => {
  if (record.unclosed) {
    return {
      column: null,
      value: record.cells.at(-1) ?? '',
      code: 'import.unclosed-quote',
      reason: `A quotation mark opened on line ${record.line} is never closed, so nothing after it can be read.`,
      fix: 'Export the file again; it was cut off or edited.',
    };
  }
  const extra = record.cells.slice(width).find((cell) => cell.trim() !== '');
  if (extra === undefined) return undefined;
  return {
    column: null,
    value: extra,
    code: 'import.too-many-cells',
    reason: `The row has ${record.cells.length} cells where the header has ${width}.`,
    fix: 'Put quotation marks around the cell that contains the delimiter, or export the file again.',
  };
};

/** The table's rows, and the refusals of those that do not fit its header. */
export function rowsOf(
  table: CsvTable,
  style: RowStyle,
): { readonly rows: readonly Row[]; readonly refused: readonly RefusedRow[] } {
  const columns = new Map<string, number>();
  table.header.forEach((title, at) => {
    if (!columns.has(title)) columns.set(title, at);
  });
  const rows: Row[] = [];
  const refused: RefusedRow[] = [];
  for (const record of table.records) {
    const complaint = misfit(record, table.header.length);
    if (complaint) refused.push(refusedRow(record.line, complaint));
    else rows.push(new Row(record, columns, style));
  }
  return { rows, refused };
}

type Values<Reads> = { [K in keyof Reads]: Reads[K] extends Read<infer Value> ? Value : never };

/** All the values, or the first refusal: reads the fields of a row in one go. */
export function all<Reads extends Readonly<Record<string, Read<unknown>>>>(
  reads: Reads,
): Read<Values<Reads>> {
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(reads)) {
    if (!read.ok) return read;
    values[name] = read.value;
  }
  return ok(values as Values<Reads>);
}
