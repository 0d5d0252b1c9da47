import { instantiate, scratch, type WithMemory } from '../linear-algebra/web-assembly.ts';
import { bytes } from './sweep-kernels.gen.ts';
import { pathState, type SweepRows } from './sweep-rows.ts';

/** What sweep-kernels.as exports; all pointers are bytes into `memory`. */
interface Kernels extends WithMemory {
  bound(x: number, n: number, out: number): void;
  crossings(
    x: number,
    y: number,
    xs: number,
    ys: number,
    from: number,
    n: number,
    out: number,
  ): number;
  follow(x: number, from: number, until: number, a: number, b: number, state: number): void;
}

/** Where the path is remembered; the places found come after it, then the rows. */
const statePlace = 64;
const foundPlace = statePlace + 8 * pathState.length;

/** Rows in the memory of a module of its own, which is given back with this object. */
export class WasmRows implements SweepRows {
  readonly length: number;
  readonly #kernels: Kernels;
  /** Bytes from one row to the next; each is followed by its bounds. */
  readonly #stride: number;
  readonly #bounds: number;
  readonly #first: number;
  /** The first place of each row that is a number. */
  readonly #known: number[] = [];
  #memory: Float64Array;
  places: Int32Array;
  path: Float64Array;

  /** Null where the platform cannot run the module. */
  static open(length: number): WasmRows | null {
    const kernels = instantiate<Kernels>(bytes);
    return kernels && new WasmRows(length, kernels);
  }

  private constructor(length: number, kernels: Kernels) {
    this.length = length;
    this.#kernels = kernels;
    this.#bounds = Math.ceil(length / 2) * 16;
    this.#stride = this.#bounds + Math.ceil(length / 16) * 16;
    this.#first = foundPlace + Math.ceil(length / 4) * 16;
    [this.#memory, this.places, this.path] = viewsOf(kernels, this.#first, length);
  }

  get count(): number {
    return this.#known.length;
  }

  add(row: Float64Array): number {
    const number = this.#known.length;
    const place = this.#first + number * this.#stride;
    const needed = place + this.#stride;
    if (needed > this.#memory.byteLength) {
      // Twice as much each time, so that growing costs little for each row.
      const room = Math.max(needed, 2 * this.#memory.byteLength);
      [this.#memory, this.places, this.path] = viewsOf(this.#kernels, room, this.length);
    }
    this.#memory.set(row, place / 8);
    this.#kernels.bound(place, this.length, place + this.#bounds);
    let known = 0;
    while (known < row.length && Number.isNaN(row[known])) known++;
    this.#known.push(known);
    return number;
  }

  clear(): void {
    this.#known.length = 0;
  }

  crossings(x: number, y: number): number {
    const from = Math.max(this.#known[x], this.#known[y]);
    const [one, other] = [this.#placeOf(x), this.#placeOf(y)];
    return this.#kernels.crossings(
      one,
      other,
      one + this.#bounds,
      other + this.#bounds,
      from,
      this.length,
      foundPlace,
    );
  }

  follow(x: number, from: number, until: number, a: number, b: number): void {
    this.#kernels.follow(this.#placeOf(x), from, until, a, b, statePlace);
  }

  #placeOf(row: number): number {
    return this.#first + row * this.#stride;
  }
}

/** The whole memory, the places found and the path, in memory of at least so many bytes. */
function viewsOf(
  kernels: Kernels,
  room: number,
  length: number,
): readonly [Float64Array, Int32Array, Float64Array] {
  const memory = scratch(kernels, room);
  return [
    memory,
    new Int32Array(memory.buffer, foundPlace, length),
    new Float64Array(memory.buffer, statePlace, pathState.length),
  ];
}
