import { pathState, type SweepRows } from './sweep-rows.ts';

const { sums, squares, last, high, low, fall } = pathState;

/** The kernels of sweep-kernels.as as plain loops, with the same bits. */
export class PlainRows implements SweepRows {
  readonly length: number;
  readonly path = new Float64Array(pathState.length);
  readonly #rows: Float64Array[] = [];
  readonly places: Int32Array;

  constructor(length: number) {
    this.length = length;
    this.places = new Int32Array(length);
  }

  get count(): number {
    return this.#rows.length;
  }

  add(row: Float64Array): number {
    return this.#rows.push(row.slice()) - 1;
  }

  clear(): void {
    this.#rows.length = 0;
  }

  crossings(x: number, y: number): number {
    const [one, other] = [this.#rows[x], this.#rows[y]];
    const { places } = this;
    let count = 0;
    let side = 0;
    for (let i = 0; i < this.length; i++) {
      const now = one[i] > other[i] ? 1 : one[i] < other[i] ? -1 : 0;
      if (now === 0 || now === side) continue;
      side = now;
      places[count++] = now > 0 ? i : ~i;
    }
    return count;
  }

  follow(x: number, from: number, until: number, a: number, b: number): void {
    const row = this.#rows[x];
    const path = this.path;
    for (let i = from; i < until; i++) {
      const v = a + b * row[i];
      const change = v / path[last] - 1;
      const lane = (i - from) & 1;
      path[sums + lane] += change;
      path[squares + lane] += change * change;
      path[last] = v;
      if (v > path[high]) {
        path[fall] = Math.max(path[fall], 1 - path[low] / path[high]);
        path[high] = v;
        path[low] = v;
      } else if (v < path[low]) path[low] = v;
    }
  }
}
