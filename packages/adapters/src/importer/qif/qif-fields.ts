import { absolute, type Decimal, type Price, type Result, zero } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import { type Complaint, readNumber, readPrice, refusedRow } from '../../importer-kit/index.ts';
import { type QifDayOrder, readQifDay } from './qif-day.ts';
import type { QifRecord } from './read-qif-records.ts';

/** Names for the letters, as messages use them. */
const names: Readonly<Record<string, string>> = {
  D: 'D (date)',
  T: 'T (amount)',
  U: 'U (amount)',
  Q: 'Q (quantity)',
  I: 'I (price)',
  N: 'N (action)',
  O: 'O (commission)',
  Y: 'Y (security)',
};

/**
 * Reads the fields of one record. A field that cannot be read answers a harmless value and is
 * noted; who asks looks at `refusal` once, at the end.
 */
export class QifFields {
  readonly record: QifRecord;
  readonly currency: string;
  readonly #order: QifDayOrder;
  #refusal: RefusedRow | undefined;

  constructor(record: QifRecord, order: QifDayOrder, currency: string | undefined) {
    this.record = record;
    this.currency = currency ?? '';
    this.#order = order;
    if (record.isCut) {
      this.refuse('', {
        code: 'import.cut-off',
        reason: 'The record has no ^ at its end: the file was cut off.',
        fix: 'Download the file again.',
      });
    }
    if (currency === undefined) {
      this.refuse('', {
        code: 'import.missing-currency',
        reason: 'QIF files do not say their currency.',
        fix: 'Give the currency on import.',
      });
    }
  }

  get refusal(): RefusedRow | undefined {
    return this.#refusal;
  }

  text(letter: string): string {
    return this.record.fields.get(letter)?.text ?? '';
  }

  refuse(letter: string, why: Pick<Complaint, 'code' | 'reason' | 'fix'>): void {
    this.#refusal ??= refusedRow(this.record.line, {
      column: letter === '' ? null : (names[letter] ?? letter),
      value: this.text(letter),
      ...why,
    });
  }

  /** The day and what stands beside it in words. */
  head(): { readonly effectiveAt: string; readonly note?: string } {
    const day = this.#read('D', (text) => readQifDay(text, this.#order)) ?? this.#missing('D', '');
    const note = [this.text('P'), this.text('M')].filter((text) => text !== '').join(', ');
    return { effectiveAt: day, ...(note === '' ? {} : { note }) };
  }

  /** The amount with its sign; `U` says it more exactly than `T` where both are there. */
  amount(): Decimal {
    const read = (letter: string) =>
      this.#read(letter, (text) => readNumber(text, { decimal: '.' }));
    return read('U') ?? read('T') ?? this.#missing('T', zero);
  }

  /** A figure without its sign; 0 where absent. */
  figure(letter: string): Decimal {
    return absolute(this.#read(letter, (text) => readNumber(text, { decimal: '.' })) ?? zero);
  }

  needed(letter: string): Decimal {
    return this.text(letter) === '' ? this.#missing(letter, zero) : this.figure(letter);
  }

  price(): Price | undefined {
    return this.#read('I', (text) => readPrice(text, { decimal: '.' }));
  }

  #missing<Value>(letter: string, otherwise: Value): Value {
    this.refuse(letter, {
      code: 'import.missing',
      reason: `${names[letter] ?? letter} is missing.`,
      fix: 'Download the file again, or record this transaction by hand.',
    });
    return otherwise;
  }

  #read<Value>(letter: string, read: (text: string) => Result<Value>): Value | undefined {
    const text = this.text(letter);
    if (text === '') return undefined;
    const value = read(text);
    if (value.ok) return value.value;
    this.refuse(letter, {
      code: value.fault.code.startsWith('import.') ? value.fault.code : 'import.not-a-number',
      reason: `${names[letter] ?? letter}: ${value.fault.detail.replace(/\.$/, '')}.`,
      fix: 'Download the file again, or correct this record.',
    });
    return undefined;
  }
}
