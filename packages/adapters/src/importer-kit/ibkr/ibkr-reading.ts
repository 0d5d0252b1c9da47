import type { Currency } from '@plimsoll/domain';
import { type Decimal, type Price, type Result, zero } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import { inPounds, priceInPounds, wholeCurrency } from '../pence.ts';
import { readNumber, readPrice } from '../read-number.ts';
import { refusedRow } from '../row.ts';
import { type IbkrMoment, readIbkrDay } from './ibkr-day.ts';
import type { IbkrField, IbkrRecord } from './ibkr-record.ts';

/** Why a row is refused: the field at fault (null: the whole row), what is wrong, what mends it. */
export interface IbkrFault {
  readonly field: IbkrField | null;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

const currencyShape = /^[A-Z]{3,5}$/;

/**
 * Reads the fields of one record. A field that cannot be read answers a harmless value and is
 * noted; who asks looks at `refusal` once, at the end, and drops what was made of the record.
 */
export class IbkrReading {
  readonly record: IbkrRecord;
  #fault: IbkrFault | undefined;

  constructor(record: IbkrRecord) {
    this.record = record;
  }

  /** The first thing that is wrong with the record. */
  get refusal(): RefusedRow | undefined {
    if (!this.#fault) return undefined;
    const { field, ...fault } = this.#fault;
    return refusedRow(this.record.line, {
      ...fault,
      column: field === null ? null : this.record.title(field),
      value: field === null ? '' : this.record.text(field),
    });
  }

  refuse(fault: IbkrFault): void {
    this.#fault ??= fault;
  }

  text(field: IbkrField): string {
    return this.record.text(field);
  }

  has(field: IbkrField): boolean {
    return this.record.text(field) !== '';
  }

  /** A number as it stands; undefined where the field is empty. */
  decimal(field: IbkrField): Decimal | undefined {
    return this.#read(field, (text) => readNumber(text, { decimal: '.' }));
  }

  /** An amount of money in the record's currency, where that is pence brought to pounds. */
  money(field: IbkrField): Decimal | undefined {
    const value = this.decimal(field);
    return value === undefined ? value : inPounds(value, this.text('currency'));
  }

  price(field: IbkrField): Price | undefined {
    const value = this.#read(field, (text) => readPrice(text, { decimal: '.' }));
    return value === undefined ? value : priceInPounds(value, this.text('currency'));
  }

  /** A figure that the record must have. */
  required(field: IbkrField, value: Decimal | undefined): Decimal {
    if (value === undefined) {
      this.refuse({
        field,
        code: 'import.missing-value',
        reason: `${this.record.title(field)} is empty.`,
        fix: `Add ${this.record.title(field)} to the report, or fill it in.`,
      });
    }
    return value ?? zero;
  }

  currencyIn(field: IbkrField): Currency {
    const text = this.text(field);
    const code = wholeCurrency(text);
    if (!currencyShape.test(code)) {
      this.refuse({
        field,
        code: 'import.bad-currency',
        reason: `"${text.slice(0, 20)}" is not a currency code.`,
        fix: `Add ${this.record.title(field)} to the report, or correct it.`,
      });
    }
    return code;
  }

  /** The first of the fields that is filled, as a day; refuses the record where none is. */
  moment(...fields: readonly [IbkrField, ...IbkrField[]]): IbkrMoment {
    const field = fields.find((name) => this.has(name));
    if (field !== undefined) {
      return this.#read(field, readIbkrDay) ?? { day: '' };
    }
    this.refuse({
      field: fields[0],
      code: 'import.missing-date',
      reason: 'The row has no date.',
      fix: `Add ${this.record.title(fields[0])} to the report.`,
    });
    return { day: '' };
  }

  /** The codes beside a row: `P;O` → `P`, `O`. */
  get codes(): readonly string[] {
    return this.text('notes')
      .split(/[;,\s]+/)
      .filter((code) => code !== '');
  }

  #read<T>(field: IbkrField, read: (text: string) => Result<T>): T | undefined {
    const text = this.text(field);
    if (text === '') return undefined;
    const result = read(text);
    if (result.ok) return result.value;
    this.refuse({
      field,
      code: 'import.unreadable',
      reason: result.fault.detail,
      fix: `Correct ${this.record.title(field)} in this row.`,
    });
    return undefined;
  }
}
