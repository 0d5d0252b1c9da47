import type { Holding } from './holding.ts';
import type { RateColumn } from './market.ts';

/** One currency’s rates and how far the run has come in them. */
interface RateCursor {
  readonly column: RateColumn;
  readonly holdings: readonly Holding[];
  next: number;
}

/** Gives every foreign instrument the newest rate that is known. */
export class RatesOfRun {
  readonly #cursors: readonly RateCursor[];

  /** Foreign instruments have no rate at first. */
  constructor(base: string, rates: readonly RateColumn[], holdings: readonly Holding[]) {
    const foreign = holdings.filter(({ instrument }) => instrument.currency !== base);
    for (const held of foreign) held.rate = Number.NaN;
    const used = rates.filter(({ currency }) =>
      foreign.some(({ instrument }) => instrument.currency === currency),
    );
    this.#cursors = used.map((column) => ({
      column,
      holdings: foreign.filter(({ instrument }) => instrument.currency === column.currency),
      next: 0,
    }));
  }

  /** Whether anything is foreign. */
  get any(): boolean {
    return this.#cursors.length > 0;
  }

  /** @param now Milliseconds, never falling. */
  advance(now: number): void {
    for (const cursor of this.#cursors) {
      const { known, rate } = cursor.column;
      const before = cursor.next;
      while (cursor.next < known.length && (known[cursor.next] as number) <= now) cursor.next++;
      if (cursor.next === before) continue;
      const newest = rate[cursor.next - 1] as number;
      if (newest > 0) for (const held of cursor.holdings) held.rate = newest;
    }
  }
}
