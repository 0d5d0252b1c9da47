import { type BarRow, checkRow } from '@plimsoll/domain';
import type { RejectedBar, TimedBars } from '@plimsoll/ports';

const width = 6;
const longestRow = 200;
/** No price of anything is dearer; what is, is an error of the feed. */
const dearest = 1e12;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Bars that count and rows that do not. */
export interface WrittenBars {
  readonly bars: TimedBars;
  readonly rejected: readonly RejectedBar[];
}

/**
 * Bars as a provider's pages give them, in any order, repeated or not; no object per bar. Rows outside
 * of the range are passed over, for providers answer with whole pages. Rejected are rows that are no
 * prices, that lie in the future, and all rows of a time that contradict one another: there is no
 * telling which is right. A range that the close contradicts goes, and the close stays.
 */
export class BarsWriter {
  /** Row-major: time, open, high, low, close, volume. */
  #values = new Float64Array(width * 512);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** A new row by the bar's start in milliseconds; its prices follow. NaN where a field is unknown. */
  begin(time: number, volume: number): void {
    const at = width * this.#count++;
    if (at === this.#values.length) {
      const more = new Float64Array(2 * at);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values.fill(Number.NaN, at, at + width);
    this.#values[at] = time;
    this.#values[at + 5] = volume;
  }

  /** Prices of the row just begun. */
  prices(open: number, high: number, low: number, close: number): void {
    const at = width * (this.#count - 1);
    this.#values[at + 1] = open;
    this.#values[at + 2] = high;
    this.#values[at + 3] = low;
    this.#values[at + 4] = close;
  }

  /** The bars that began in `[from, until)`, oldest first. */
  read(from: number, until: number, nowMs: number): WrittenBars {
    const rejected: RejectedBar[] = [];
    const rows = this.#rows(from, until, nowMs, rejected);
    const bars = {
      from: this.#column(rows, 0),
      open: this.#column(rows, 1),
      high: this.#column(rows, 2),
      low: this.#column(rows, 3),
      close: this.#column(rows, 4),
      volume: this.#column(rows, 5),
    };
    return { bars, rejected };
  }

  /** Offsets of the rows that count, one per time, oldest first. */
  #rows(from: number, until: number, nowMs: number, rejected: RejectedBar[]): Uint32Array {
    const rows = new Float64Array(this.#count);
    const bar = { open: 0, high: 0, low: 0, close: 0, volume: 0 };
    let kept = 0;
    for (let at = 0; at < width * this.#count; at += width) {
      const time = this.#values[at] as number;
      if (time < from || time >= until) continue;
      const reason = this.#fault(at, bar, nowMs);
      if (reason === null) rows[kept++] = at;
      else rejected.push(this.#rejected(at, reason));
    }
    const inside = Uint32Array.from(rows.subarray(0, kept));
    inside.sort((a, b) => this.#time(a) - this.#time(b) || a - b);
    return this.#onePerTime(inside, rejected);
  }

  /** Why a row cannot be taken; null where it can. */
  #fault(at: number, bar: Writable<BarRow>, nowMs: number): string | null {
    const values = this.#values;
    const time = this.#time(at);
    if (Number.isNaN(time)) return 'The row has no time that can be read.';
    if (time > nowMs) return 'The bar lies in the future.';
    bar.open = values[at + 1] as number;
    bar.high = values[at + 2] as number;
    bar.low = values[at + 3] as number;
    bar.close = values[at + 4] as number;
    bar.volume = values[at + 5] as number;
    const check = checkRow(bar);
    if (check.verdict === 'bad') return check.reason;
    const dear = Math.max(bar.close, bar.high || 0, bar.low || 0, bar.open || 0);
    if (dear >= dearest) return `A price of ${dear} is none; nothing costs as much.`;
    if (check.verdict === 'range-doubtful') values.fill(Number.NaN, at + 1, at + 4);
    return null;
  }

  #onePerTime(sorted: Uint32Array, rejected: RejectedBar[]): Uint32Array {
    const kept = new Uint32Array(sorted.length);
    let count = 0;
    for (let from = 0; from < sorted.length; ) {
      const first = sorted[from] as number;
      let until = from + 1;
      let same = true;
      while (until < sorted.length && this.#time(sorted[until] as number) === this.#time(first)) {
        same &&= this.#isSame(sorted[until++] as number, first);
      }
      if (same) kept[count++] = first;
      else this.#rejectAll(sorted.subarray(from, until), rejected);
      from = until;
    }
    return kept.subarray(0, count);
  }

  #rejectAll(rows: Uint32Array, rejected: RejectedBar[]): void {
    const reason = `${rows.length} rows of the reply give different prices for one time.`;
    for (const at of rows) rejected.push(this.#rejected(at, reason));
  }

  #time(at: number): number {
    return this.#values[at] as number;
  }

  #isSame(a: number, b: number): boolean {
    for (let i = 1; i < width; i++) {
      if (!Object.is(this.#values[a + i], this.#values[b + i])) return false;
    }
    return true;
  }

  #rejected(at: number, reason: string): RejectedBar {
    const row = this.#values
      .subarray(at, at + width)
      .join(',')
      .slice(0, longestRow);
    const time = this.#time(at);
    return { day: Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '', reason, row };
  }

  #column(rows: Uint32Array, field: number): Float64Array {
    const column = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      column[i] = this.#values[(rows[i] as number) + field] as number;
    }
    return column;
  }
}
