import type { Currency } from '@plimsoll/domain';
import { absolute, type Decimal, type Price, type Result, zero } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import { inPounds, isPence, penceFactor, priceInPounds, wholeCurrency } from '../pence.ts';
import { type DayFormat, readDay, type When } from '../read-day.ts';
import { readNumber, readPrice } from '../read-number.ts';
import { refusedRow } from '../row.ts';
import type { NativeField } from './native-field.ts';

/** One row of a file whose columns are known to mean fields of the native CSV. */
export interface NativeCells {
  readonly line: number;
  /** The text of a field, untouched; `''` where the file has no such column. */
  cell(field: NativeField): string;
  /** The column's title in the file. */
  title(field: NativeField): string;
}

/** How a file writes numbers and days, and what it does not say by itself. */
export interface NativeDialect {
  readonly decimal: '.' | ',';
  readonly dayFormat: DayFormat;
  /** Where a row has no currency of its own. */
  readonly currency?: Currency;
}

/** Why a row is refused: the field at fault (null: the whole row), what is wrong, what mends it. */
export interface RowFault {
  readonly field: NativeField | null;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

const currencyShape = /^[A-Z][A-Z0-9]{1,11}$/;
const timeShape = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/;
const guarded = /^'+\s*[=+\-@\t\r\n＝＋－＠]/;

/**
 * Reads the fields of one row. A field that cannot be read answers a harmless value and is noted;
 * who asks looks at `fault` once, at the end, and drops what was made of the row if there is one.
 */
export class NativeRow {
  readonly cells: NativeCells;
  readonly dialect: NativeDialect;
  #fault: RowFault | undefined;

  constructor(cells: NativeCells, dialect: NativeDialect) {
    this.cells = cells;
    this.dialect = dialect;
  }

  /** The first thing that is wrong with the row. */
  get refusal(): RefusedRow | undefined {
    const fault = this.#fault;
    if (!fault) return undefined;
    return refusedRow(this.cells.line, {
      column: fault.field === null ? null : this.cells.title(fault.field),
      value: fault.field === null ? '' : this.cells.cell(fault.field),
      code: fault.code,
      reason: fault.reason,
      fix: fault.fix,
    });
  }

  refuse(fault: RowFault): void {
    this.#fault ??= fault;
  }

  /** Text as it was before the writer guarded it against being taken for a formula. */
  text(field: NativeField): string | undefined {
    const cell = this.cells.cell(field);
    if (cell.trim() === '') return undefined;
    return guarded.test(cell) ? cell.slice(1) : cell;
  }

  /** A name or an identifier: text without the blanks around it. */
  word(field: NativeField): string | undefined {
    return this.text(field)?.trim();
  }

  has(field: NativeField): boolean {
    return this.cells.cell(field).trim() !== '';
  }

  decimal(field: NativeField): Decimal | undefined {
    return this.#read(field, (text) => readNumber(text, { decimal: this.dialect.decimal }));
  }

  /** An amount of money in the row's currency, where that is pence brought to pounds. */
  money(field: NativeField): Decimal | undefined {
    const value = this.decimal(field);
    return value === undefined ? undefined : inPounds(value, this.#writtenCurrency);
  }

  price(field: NativeField): Price | undefined {
    const value = this.#read(field, (text) => readPrice(text, { decimal: this.dialect.decimal }));
    return value === undefined ? undefined : priceInPounds(value, this.#writtenCurrency);
  }

  /** A figure the row must have. */
  required<T>(field: NativeField, value: T | undefined, otherwise: T, why: string): T {
    if (value === undefined) {
      this.refuse({
        field,
        code: 'import.missing-value',
        reason: `${why}, and ${this.cells.title(field)} is empty.`,
        fix: `Fill in ${this.cells.title(field)}.`,
      });
    }
    return value ?? otherwise;
  }

  /** The size of a figure whose minus sign is either allowed, where the type implies it, or an error. */
  unsigned(field: NativeField, value: Decimal, mayBe: 'positive' | 'either', why: string): Decimal {
    if (value < 0n && mayBe === 'positive') {
      this.refuse({
        field,
        code: 'import.wrong-sign',
        reason: `${why}, so ${this.cells.title(field)} cannot be negative.`,
        fix: `Write it without the minus sign, or correct the type.`,
      });
    }
    return absolute(value);
  }

  notZero(field: NativeField, value: Decimal, why: string): Decimal {
    if (value === zero) {
      this.refuse({
        field,
        code: 'import.zero',
        reason: `${why}, and ${this.cells.title(field)} is 0.`,
        fix: `Write how much it was, or leave the row out.`,
      });
    }
    return value;
  }

  day(field: NativeField): When | undefined {
    return this.#read(field, (text) => readDay(text, this.dialect.dayFormat));
  }

  time(): string | undefined {
    const text = this.word('time');
    if (text === undefined || timeShape.test(text)) return text;
    this.refuse({
      field: 'time',
      code: 'import.bad-time',
      reason: `"${text}" is not a time of day.`,
      fix: 'Write it like 14:30 or 14:30:03.613.',
    });
    return undefined;
  }

  /** The currency a field names, `GBX` and `GBp` as `GBP`. */
  currencyIn(field: NativeField): Currency | undefined {
    const text = this.word(field);
    if (text === undefined) return undefined;
    const code = isPence(text) ? wholeCurrency(text) : text.toUpperCase();
    if (currencyShape.test(code)) return code;
    this.refuse({
      field,
      code: 'import.bad-currency',
      reason: `"${text}" is not a currency code.`,
      fix: 'Write the three-letter code, such as EUR or USD.',
    });
    return undefined;
  }

  /** What a quoted unit is in the currency, where the field, or else the row, is in pence. */
  priceFactor(field: NativeField, orOfRow: boolean): Price | undefined {
    const code = this.word(field) ?? (orOfRow ? this.#writtenCurrency : '');
    return isPence(code) ? penceFactor : undefined;
  }

  /** The row's currency, else the file's or account's. */
  currency(): Currency {
    const stated = this.currencyIn('currency') ?? this.dialect.currency;
    if (stated !== undefined || this.#fault) return stated ?? '';
    this.refuse({
      field: 'currency',
      code: 'import.missing-currency',
      reason: 'The row does not say in which currency its amounts are.',
      fix: `Fill in ${this.cells.title('currency')}, or give the currency on import.`,
    });
    return '';
  }

  get #writtenCurrency(): string {
    return this.cells.cell('currency').trim();
  }

  #read<T>(field: NativeField, read: (text: string) => Result<T>): T | undefined {
    const text = this.cells.cell(field).trim();
    if (text === '') return undefined;
    const result = read(text);
    if (result.ok) return result.value;
    this.refuse({
      field,
      code: result.fault.code.replace(/^decimal\./, 'import.'),
      reason: `${this.cells.title(field)}: ${result.fault.detail.replace(/\.$/, '')}.`,
      fix: `Correct ${this.cells.title(field)} in this row.`,
    });
    return undefined;
  }
}
