import { bytes } from './lowest-products.gen.ts';
import type { Matrix } from './matrix.ts';
import { instantiate, scratch, type WithMemory } from './web-assembly.ts';

/** What lowest-products.as exports; all pointers are bytes into `memory`. */
interface Kernels extends WithMemory {
  quantise(
    source: number,
    stride: number,
    rows: number,
    n: number,
    budget: number,
    packed: number,
    halves: number,
  ): void;
  multiplyShort(
    a: number,
    rowPanels: number,
    b: number,
    columnPanels: number,
    pairs: number,
    c: number,
    stride: number,
  ): void;
  findLowest(
    c: number,
    columns: number,
    scale: number,
    slack: number,
    half: number,
    count: number,
    upper: number,
    found: number,
  ): number;
  exactProducts(w: number, n: number, r: number, found: number, count: number, out: number): void;
  sortByRank(values: number, count: number, sorted: number): void;
}

let instance: Kernels | null | undefined;

/** Rows of A that are worked on together: their products stay in the second-level cache. */
const tile = 64;

/**
 * The `count` lowest of the products of each row of A with all rows of B, ascending: for a row a of A,
 * the lowest of aᵀb₁ … aᵀb_T. By WebAssembly all products are first had in 16-bit integers with a bound
 * on their error, and only those that the bound cannot rule out are summed in double precision, in the
 * same order as by plain loops: the answer is exact, and the same bits. Cost 2·P·T·n short operations
 * and 2·P·n for each product that is summed, a few more than `count` a row.
 *
 * Rows are independent: `from` and `until` give workers their share, over shared memory or not.
 *
 * @param a shape [P × n], finite.
 * @param b shape [T × n], finite.
 * @param count 1 to T.
 * @returns shape [(until − from) × count].
 */
export function lowestProducts(
  a: Matrix,
  b: Matrix,
  count: number,
  { from = 0, until = a.rows }: { readonly from?: number; readonly until?: number } = {},
): Float64Array {
  if (a.columns !== b.columns || count < 1 || count > b.rows) {
    throw new RangeError(
      `No ${count} lowest products of rows of ${a.columns} with ${b.rows} rows of ${b.columns}.`,
    );
  }
  if (instance === undefined) instance = instantiate<Kernels>(bytes);
  const isWorthIt =
    count * 4 <= b.rows &&
    a.columns >= 8 &&
    a.columns <= 80_000 &&
    layOut(b.rows, a.columns + 3).end < 2 ** 31;
  return instance && isWorthIt
    ? filteredLowest(instance, a, b, { count, from, until })
    : plainLowest(a, b, { count, from, until });
}

interface Share {
  readonly count: number;
  readonly from: number;
  readonly until: number;
}

/** The same by plain loops: all products, summed by fours, and sorted. */
export function plainLowest(a: Matrix, b: Matrix, { count, from, until }: Share): Float64Array {
  const n = a.columns;
  const lowest = new Float64Array((until - from) * count);
  const products = new Float64Array(b.rows);
  for (let i = from; i < until; i++) {
    for (let t = 0; t < b.rows; t++) products[t] = sumByFours(a.data, i * n, b.data, t * n, n);
    lowest.set(products.toSorted().subarray(0, count), (i - from) * count);
  }
  return lowest;
}

/** Σ xⱼ yⱼ as sums of every fourth entry, then (0 + 2) + (1 + 3). */
function sumByFours(
  x: Float64Array,
  at: number,
  y: Float64Array,
  other: number,
  n: number,
): number {
  const sums = [0, 0, 0, 0];
  const whole = n - (n % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < whole; j += 4) {
    s0 += x[at + j] * y[other + j];
    s1 += x[at + j + 1] * y[other + j + 1];
    s2 += x[at + j + 2] * y[other + j + 2];
    s3 += x[at + j + 3] * y[other + j + 3];
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  for (let j = whole; j < n; j++) sums[j - whole] += x[at + j] * y[other + j];
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}

interface Places {
  readonly b: number;
  readonly scale: number;
  readonly slack: number;
  readonly shortB: number;
  readonly a: number;
  readonly shortA: number;
  readonly halves: number;
  readonly products: number;
  readonly upper: number;
  readonly found: number;
  readonly values: number;
  readonly sorted: number;
  readonly end: number;
}

/** Where everything is in memory, in bytes, each part at a multiple of 16. */
function layOut(t: number, n: number): Places {
  const wide = Math.ceil(t / 8) * 8;
  let next = 16;
  const room = (size: number): number => {
    const place = next;
    next += Math.ceil(size / 16) * 16;
    return place;
  };
  return {
    b: room(t * n * 8),
    scale: room(wide * 4),
    slack: room(wide * 4),
    shortB: room(wide * n * 2),
    a: room(tile * n * 8),
    shortA: room(tile * n * 2),
    halves: room(tile * 4),
    products: room(tile * wide * 4),
    upper: room(wide * 4),
    found: room((wide + 4) * 4),
    values: room((wide + 4) * 8),
    sorted: room((wide + 4) * 8),
    end: room(0),
  };
}

function filteredLowest(
  kernels: Kernels,
  a: Matrix,
  b: Matrix,
  { count, from, until }: Share,
): Float64Array {
  const n = Math.ceil(a.columns / 4) * 4;
  const places = layOut(b.rows, n);
  const memory = scratch(kernels, places.end);
  stage(memory, b, { from: 0, until: b.rows, at: places.b / 8, n });
  quantiseAcross(memory, b.rows, n, places);
  const lowest = new Float64Array((until - from) * count);
  const halves = new Float32Array(memory.buffer, places.halves, tile);
  const wide = Math.ceil(b.rows / 8) * 8;
  // Sums of products of 16-bit numbers must fit in 32 bits: Σ|v| · 32,767 < 2³¹.
  const budget = 65_000 - n / 2;
  for (let i = from; i < until; i += tile) {
    const rows = Math.min(tile, until - i);
    stage(memory, a, { from: i, until: i + rows, at: places.a / 8, n });
    kernels.quantise(places.a, n * 8, rows, n, budget, places.shortA, places.halves);
    kernels.multiplyShort(
      places.shortA,
      Math.ceil(rows / 4),
      places.shortB,
      wide / 8,
      n / 2,
      places.products,
      wide * 4,
    );
    for (let row = 0; row < rows; row++) {
      const found = kernels.findLowest(
        places.products + row * wide * 4,
        b.rows,
        places.scale,
        places.slack,
        halves[row],
        count,
        places.upper,
        places.found,
      );
      kernels.exactProducts(
        places.a + row * n * 8,
        n,
        places.b,
        places.found,
        found,
        places.values,
      );
      const to = (i + row - from) * count;
      lowest.set(sortedValues(kernels, memory, places, found).subarray(0, count), to);
    }
  }
  return lowest;
}

/** Rows into memory, each filled up with zeros to n. */
function stage(
  memory: Float64Array,
  { columns, data }: Matrix,
  { from, until, at, n }: { from: number; until: number; at: number; n: number },
): void {
  if (columns === n) {
    memory.set(data.subarray(from * n, until * n), at);
    return;
  }
  for (let i = from; i < until; i++) {
    const row = at + (i - from) * n;
    memory.set(data.subarray(i * columns, (i + 1) * columns), row);
    memory.fill(0, row + columns, row + n);
  }
}

/**
 * Rounds the rows of B in memory to 16 bits, each by its own scale, packed in panels of 8 rows with
 * entries in pairs; and writes what each row's rounding may add to a product.
 */
function quantiseAcross(memory: Float64Array, t: number, n: number, places: Places): void {
  const short = new Int16Array(memory.buffer, places.shortB, Math.ceil(t / 8) * 8 * n);
  const scale = new Float32Array(memory.buffer, places.scale, t);
  const slack = new Float32Array(memory.buffer, places.slack, t);
  const first = places.b / 8;
  const most = new Float64Array(t);
  for (let row = 0; row < t; row++) {
    let largest = 0;
    for (let at = first + row * n; at < first + (row + 1) * n; at++) {
      const size = Math.abs(memory[at]);
      if (size > largest) largest = size;
    }
    most[row] = largest;
  }
  const overall = most.reduce((largest, value) => Math.max(largest, value), 0) || 1;
  short.fill(0);
  for (let row = 0; row < t; row++) {
    // A row that is nearly nothing, or that beside the largest, keeps a scale that a float can hold.
    const unit = Math.max(most[row] / 32_767, overall * 1e-30, 1e-300);
    const to = (row >> 3) * n * 8 + (row & 7) * 2;
    const inverse = 1 / unit;
    let sizes = 0;
    for (let j = 0; j < n; j++) {
      const whole = Math.round(memory[first + row * n + j] * inverse);
      sizes += Math.abs(whole);
      short[to + (j >> 1) * 16 + (j & 1)] = whole;
    }
    const relative = unit / overall;
    scale[row] = relative;
    // ½Σ|q| and n/4 for rounding to 16 bits; 1,024 for what floats round of 2³¹.
    slack[row] = relative * (sizes / 2 + n / 4 + 1024);
  }
}

/** The exact products, ascending: by rank where they are few. */
function sortedValues(
  kernels: Kernels,
  memory: Float64Array,
  places: Places,
  found: number,
): Float64Array {
  const values = places.values / 8;
  if (found > 256) return memory.slice(values, values + found).sort();
  kernels.sortByRank(places.values, found, places.sorted);
  return memory.subarray(places.sorted / 8, places.sorted / 8 + found);
}
