import type { Currency } from '@plimsoll/domain';
import { type Decimal, zero } from '@plimsoll/kernel';
import type { StatedTotals } from '@plimsoll/ports';
import { readNumber } from '../../importer-kit/index.ts';

/** Gathers what a report says is there at its end. */
export class TotalsGathered {
  readonly #cash = new Map<Currency, Decimal>();
  readonly #holdings = new Map<string, Decimal>();

  cash(currency: string, text: string): void {
    if (/^[A-Z]{3}$/.test(currency)) add(this.#cash, currency, text);
  }

  holding(key: string, text: string): void {
    if (key !== '') add(this.#holdings, key, text);
  }

  get stated(): StatedTotals | undefined {
    if (this.#cash.size === 0 && this.#holdings.size === 0) return undefined;
    return {
      ...(this.#cash.size > 0 ? { cash: Object.fromEntries(this.#cash) } : {}),
      ...(this.#holdings.size > 0 ? { holdings: Object.fromEntries(this.#holdings) } : {}),
    };
  }
}

function add(sums: Map<string, Decimal>, key: string, text: string): void {
  const value = readNumber(text, { decimal: '.' });
  if (value.ok) sums.set(key, (sums.get(key) ?? zero) + value.value);
}
