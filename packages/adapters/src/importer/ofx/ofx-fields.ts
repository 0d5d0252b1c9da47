import type { Currency } from '@plimsoll/domain';
import { absolute, type Decimal, type Price, type Result, zero } from '@plimsoll/kernel';
import type { RefusedRow } from '@plimsoll/ports';
import { readNumber, readPrice, refusedRow, type When } from '../../importer-kit/index.ts';
import { readOfxDay } from './ofx-day.ts';
import { childOf, type OfxElement, valueAt } from './read-ofx-tree.ts';

interface FieldFault {
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

const currencyShape = /^[A-Z]{3}$/;

/** OFX allows a comma before the fraction; with a point as well, the comma groups thousands. */
const styleOf = (text: string) =>
  /^[^.]*,\d*$/.test(text) ? ({ decimal: ',' } as const) : ({ decimal: '.' } as const);

/**
 * Reads the leaves of one transaction. A leaf that cannot be read answers a harmless value and is
 * noted; who asks looks at `refusal` once, at the end.
 */
export class OfxFields {
  readonly element: OfxElement;
  readonly #fallbackCurrency: string;
  #fault: FieldFault | undefined;

  constructor(element: OfxElement, fallbackCurrency: string) {
    this.element = element;
    this.#fallbackCurrency = fallbackCurrency;
  }

  get refusal(): RefusedRow | undefined {
    return this.#fault && refusedRow(this.element.line, this.#fault);
  }

  refuse(fault: FieldFault): void {
    this.#fault ??= fault;
  }

  text(...path: readonly string[]): string {
    return valueAt(this.element, ...path);
  }

  /** A number without leading zeros that are only padding; undefined where absent. */
  decimal(...path: readonly string[]): Decimal | undefined {
    return this.#read(path, (text) => readNumber(text, styleOf(text)));
  }

  price(...path: readonly string[]): Price | undefined {
    return this.#read(path, (text) => readPrice(text, styleOf(text)));
  }

  required(...path: readonly string[]): Decimal {
    const value = this.decimal(...path);
    if (value === undefined) this.#refuseMissing(path);
    return value ?? zero;
  }

  /** The sum of those that are there, whichever their sign is written. */
  charges(parent: string, ...names: readonly string[]): Decimal {
    return names.reduce((sum, name) => sum + absolute(this.decimal(parent, name) ?? zero), zero);
  }

  when(...paths: readonly (readonly string[])[]): When {
    const path = paths.find((candidate) => this.text(...candidate) !== '') ?? [];
    if (path.length > 0) return this.#read(path, readOfxDay) ?? { day: '' };
    this.#refuseMissing(paths[0] ?? []);
    return { day: '' };
  }

  /** The currency its amounts are in: its own, else the statement's. */
  currency(...parents: readonly OfxElement[]): Currency {
    const own = [this.element, ...parents]
      .map((parent) => childOf(parent, 'CURRENCY'))
      .find((stated) => stated !== undefined);
    const text = (own ? valueAt(own, 'CURSYM') : '') || this.#fallbackCurrency;
    const code = text.trim().toUpperCase();
    if (!currencyShape.test(code)) {
      this.refuse({
        column: 'CURDEF',
        value: text,
        code: text === '' ? 'import.missing-currency' : 'import.not-a-currency',
        reason:
          text === ''
            ? 'The file does not say its currency.'
            : `"${text.slice(0, 40)}" is not a currency code.`,
        fix: 'Give the currency on import.',
      });
    }
    return code;
  }

  #refuseMissing(path: readonly string[]): void {
    const name = path.at(-1) ?? '';
    this.refuse({
      column: name,
      value: '',
      code: 'import.missing',
      reason: `${name} is missing in ${this.element.name}.`,
      fix: 'Download the file again, or record this transaction by hand.',
    });
  }

  #read<Value>(path: readonly string[], read: (text: string) => Result<Value>): Value | undefined {
    const text = this.text(...path);
    if (text === '') return undefined;
    const value = read(unpadded(text));
    if (value.ok) return value.value;
    this.refuse({
      column: path.at(-1) ?? null,
      value: text,
      code: value.fault.code.startsWith('import.') ? value.fault.code : 'import.not-a-number',
      reason: `${path.at(-1)}: ${value.fault.detail.replace(/\.$/, '')}.`,
      fix: 'Download the file again, or record this transaction by hand.',
    });
    return undefined;
  }
}

/** `+0000000000115.8331` → `115.8331`; days keep their zeros, as they start with the year. */
const unpadded = (text: string): string => text.replace(/^([+-]?)0+(?=\d)/, '$1');
