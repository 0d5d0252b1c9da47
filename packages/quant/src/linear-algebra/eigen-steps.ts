import { bytes } from './eigen-kernels.gen.ts';
import { instantiate, scratch, type WithMemory } from './web-assembly.ts';

/**
 * The work of one eigenvalue problem: arrays, and the steps over them that take its time. Row j of `u`
 * is column j of the vectors; rows stand `lead` apart. By plain loops or by WebAssembly, with the same
 * bits.
 */
export interface EigenWork {
  readonly n: number;
  readonly lead: number;
  readonly u: Float64Array;
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** e = the leading i × i block, of which row j of `u` holds column j from its diagonal on, times d. */
  timesSymmetric(i: number): void;
  /** The leading i × i block less d eᵀ + e dᵀ, from the diagonal of each column on. */
  takeRankTwo(i: number): void;
  /** Each of the first `count` rows less its product with row `v` times d, over as many entries. */
  reflectRows(v: number, count: number): void;
  /**
   * Turns rows (m, m − 1), (m − 1, m − 2) … (l + 1, l); `turns` has the cosine and sine of each, one
   * after another. May be put off until `flush`.
   */
  sweep(m: number, l: number, turns: Float64Array): void;
  flush(): void;
}

/** The size from which WebAssembly pays, as measured. */
const fromSize = 16;

/** The largest size that is copied into WebAssembly's memory. */
const mostSize = 8192;

/** Room for the work on an n × n matrix, by WebAssembly where that is there and pays. */
export const eigenWork = (n: number): EigenWork =>
  (n >= fromSize && n <= mostSize ? fastWork(n) : null) ?? plainWork(n);

/** The work by plain loops. */
export function plainWork(n: number): EigenWork {
  const u = new Float64Array(n * n);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  return {
    n,
    lead: n,
    u,
    d,
    e,
    timesSymmetric: (i) => plainTimes(u, d, e, n, i),
    takeRankTwo: (i) => {
      for (let j = 0; j < i; j++) {
        const [dj, ej, row] = [d[j], e[j], j * n];
        for (let k = j; k < i; k++) u[row + k] -= dj * e[k] + ej * d[k];
      }
    },
    reflectRows: (v, count) => {
      for (let j = 0; j < count; j++) {
        const row = j * n;
        const g = sumByFours(u, v * n, u, row, 0, count);
        for (let k = 0; k < count; k++) u[row + k] -= g * d[k];
      }
    },
    sweep: (m, l, turns) => {
      for (let i = m; i > l; i--) {
        rotate(u, (i - 1) * n, i * n, n, turns[2 * (m - i)], turns[2 * (m - i) + 1]);
      }
    },
    flush: () => undefined,
  };
}

function plainTimes(u: Float64Array, d: Float64Array, e: Float64Array, n: number, i: number): void {
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const f = d[j];
    const row = j * n;
    const sum = sumByFours(u, row, d, 0, j + 1, i);
    for (let k = j + 1; k < i; k++) e[k] += u[row + k] * f;
    e[j] = e[j] + u[row + j] * f + sum;
  }
}

/**
 * Σ x[at + k] · y[other + k] for k from `from` to before `until`: those from the first multiple of 4 on
 * by fours, as every fourth, then (0 + 2) + (1 + 3); those before and after by themselves, in order.
 */
function sumByFours(
  x: Float64Array,
  at: number,
  y: Float64Array,
  other: number,
  from: number,
  until: number,
): number {
  let rest = 0;
  let k = from;
  for (; k < until && (k & 3) !== 0; k++) rest += x[at + k] * y[other + k];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; k + 3 < until; k += 4) {
    s0 += x[at + k] * y[other + k];
    s1 += x[at + k + 1] * y[other + k + 1];
    s2 += x[at + k + 2] * y[other + k + 2];
    s3 += x[at + k + 3] * y[other + k + 3];
  }
  for (; k < until; k++) rest += x[at + k] * y[other + k];
  return rest + (s0 + s2 + (s1 + s3));
}

function rotate(
  u: Float64Array,
  lower: number,
  upper: number,
  n: number,
  c: number,
  s: number,
): void {
  for (let k = 0; k < n; k++) {
    const x = u[lower + k];
    const y = u[upper + k];
    u[upper + k] = s * x + c * y;
    u[lower + k] = c * x - s * y;
  }
}

/** What eigen-kernels.as exports; all pointers are bytes into `memory`. */
interface Kernels extends WithMemory {
  timesSymmetric(u: number, lead: number, d: number, e: number, i: number): void;
  takeRankTwo(u: number, lead: number, d: number, e: number, i: number): void;
  reflectRows(u: number, lead: number, v: number, d: number, count: number): void;
  applySweeps(
    u: number,
    lead: number,
    n: number,
    spans: number,
    sweeps: number,
    turns: number,
    strip: number,
  ): void;
}

let instance: Kernels | null | undefined;

/** Sweeps that are put off until they are applied together, and the turns that they may have. */
const most = { sweeps: 256, turns: 32_768 };

/** The work by WebAssembly; null where there is none. Its arrays hold until the next work is begun. */
export function fastWork(n: number): EigenWork | null {
  if (instance === undefined) instance = instantiate<Kernels>(bytes);
  if (!instance) return null;
  const kernels = instance;
  // Rows that are a power of 2 apart would fall on the same lines of the cache.
  const lead = Math.ceil(n / 8) * 8 + (Math.ceil(n / 8) % 8 === 0 ? 8 : 0);
  const room = most.turns + 2 * n;
  const u = 64;
  const d = u + n * lead * 8;
  const e = d + lead * 8;
  const strip = e + lead * 8;
  const turnsAt = strip + n * 64;
  const spansAt = turnsAt + room * 8;
  const memory = scratch(kernels, spansAt + most.sweeps * 8);
  const view = (at: number, length: number) => memory.subarray(at / 8, at / 8 + length);
  memory.fill(0, u / 8, strip / 8);
  const turns = view(turnsAt, room);
  const spans = new Int32Array(memory.buffer, spansAt, most.sweeps * 2);
  let sweeps = 0;
  let used = 0;
  const flush = (): void => {
    if (sweeps > 0) kernels.applySweeps(u, lead, n, spansAt, sweeps, turnsAt, strip);
    sweeps = 0;
    used = 0;
  };
  return {
    n,
    lead,
    u: view(u, n * lead),
    d: view(d, n),
    e: view(e, n),
    timesSymmetric: (i) => kernels.timesSymmetric(u, lead, d, e, i),
    takeRankTwo: (i) => kernels.takeRankTwo(u, lead, d, e, i),
    reflectRows: (v, count) => kernels.reflectRows(u, lead, u + v * lead * 8, d, count),
    sweep: (m, l, made) => {
      const length = 2 * (m - l);
      if (sweeps === most.sweeps || used + length > room) flush();
      turns.set(made.subarray(0, length), used);
      spans[2 * sweeps] = m;
      spans[2 * sweeps + 1] = l;
      sweeps++;
      used += length;
    },
    flush,
  };
}
