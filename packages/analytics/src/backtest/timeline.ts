import type { BacktestInstrument } from './market.ts';

/**
 * The moments at which bars become known, in order, and which bars those are: moment `i` brings the
 * entries `[start[i], start[i + 1])`, by the order of the instruments.
 */
export interface Timeline {
  /** Whether there is one instrument: moment `i` then brings its bar `i`, and the columns below are empty. */
  readonly only: boolean;
  /** Milliseconds, strictly rising. */
  readonly at: Float64Array;
  readonly start: Int32Array;
  readonly instrument: Int32Array;
  readonly row: Int32Array;
}

/** Merges the bars of all instruments by when they were known. O(bars × log instruments). */
export function timelineOf(instruments: readonly BacktestInstrument[]): Timeline {
  const [only] = instruments;
  if (only && instruments.length === 1) return timelineOfOne(only.bars.known);
  const known = instruments.map(({ bars }) => bars.known);
  const total = known.reduce((sum, { length }) => sum + length, 0);
  const at = new Float64Array(total);
  const start = new Int32Array(total + 1);
  const instrument = new Int32Array(total);
  const row = new Int32Array(total);
  const next = new Int32Array(known.length);
  const heap = new EarliestFirst(known, next);
  let moments = 0;
  for (let entry = 0; entry < total; entry++) {
    const which = heap.earliest;
    const bar = next[which] as number;
    const when = known[which]?.[bar] as number;
    if (moments === 0 || at[moments - 1] !== when) {
      at[moments] = when;
      start[moments++] = entry;
    }
    instrument[entry] = which;
    row[entry] = bar;
    next[which] = bar + 1;
    heap.sink();
  }
  start[moments] = total;
  return {
    only: false,
    at: at.slice(0, moments),
    start: start.slice(0, moments + 1),
    instrument,
    row,
  };
}

const none = new Int32Array(0);

const timelineOfOne = (known: Float64Array): Timeline => ({
  only: true,
  at: known,
  start: none,
  instrument: none,
  row: none,
});

/** Instruments by the time of their next bar and then by their place, in a binary heap. */
class EarliestFirst {
  readonly #known: readonly Float64Array[];
  readonly #next: Int32Array;
  readonly #heap: Int32Array;

  constructor(known: readonly Float64Array[], next: Int32Array) {
    this.#known = known;
    this.#next = next;
    this.#heap = Int32Array.from(known, (_, i) => i);
    for (let i = known.length >> 1; i >= 0; i--) this.#down(i);
  }

  get earliest(): number {
    return this.#heap[0] as number;
  }

  /** Puts the first in its place again after its next bar has changed. */
  sink(): void {
    this.#down(0);
  }

  #time(which: number): number {
    return this.#known[which]?.[this.#next[which] as number] ?? Number.POSITIVE_INFINITY;
  }

  #before(one: number, other: number): boolean {
    const [a, b] = [this.#time(one), this.#time(other)];
    return a < b || (a === b && one < other);
  }

  #down(from: number): void {
    const heap = this.#heap;
    const moved = heap[from];
    if (moved === undefined) return;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as number, heap[child] as number))
        child++;
      if (!this.#before(heap[child] as number, moved)) break;
      heap[place] = heap[child] as number;
      place = child;
    }
    heap[place] = moved;
  }
}
