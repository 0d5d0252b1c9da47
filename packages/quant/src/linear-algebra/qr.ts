import { type Matrix, matrix } from './matrix.ts';

/** A·P = Q·R by Householder reflections with column pivoting, in packed form. */
export interface PivotedQr {
  /** Row j is column `columns[j]` of A, overwritten: R above the diagonal, reflections from it on. */
  readonly packed: Float64Array;
  /** diag R, shape [min(m, n)]. */
  readonly diagonal: Float64Array;
  /** Column of A that stands at each place, shape [n]. */
  readonly columns: Int32Array;
  /** Columns that are independent to working precision. */
  readonly rank: number;
}

/**
 * Householder QR, with the longest remaining column first where `pivoting`. The rank counts diagonal
 * entries of R above max(m, n)·2⁻⁵² of the largest, after each column is measured by its own length;
 * so a column in tiny units counts as much as any other. Cost 2·m·n².
 *
 * **Source:** Golub and Van Loan, Matrix Computations, 4th ed. 2013, §5.2 and §5.4.
 *
 * @param a shape [m × n], finite.
 */
export function householder(a: Matrix, pivoting: boolean): PivotedQr {
  const { rows: m, columns: n } = a;
  const packed = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) packed[j * m + i] = a.data[i * n + j];
  }
  const columns = Int32Array.from({ length: n }, (_, j) => j);
  const lengths = Float64Array.from({ length: n }, (_, j) => tailNorm(packed, j * m, m));
  const steps = Math.min(m, n);
  const diagonal = new Float64Array(steps);
  const least = Math.max(m, n) * Number.EPSILON;
  let rank = 0;
  for (let k = 0; k < steps; k++) {
    if (pivoting) bringLongest(packed, columns, lengths, { m, n, k });
    const from = k * m + k;
    const length = tailNorm(packed, from, m - k);
    if (length === 0 || length <= least * lengths[columns[k]]) {
      diagonal[k] = 0;
      packed.fill(0, from, (k + 1) * m);
      // Without pivoting, a dependent column may be followed by one that is not.
      if (pivoting) break;
      continue;
    }
    rank++;
    const head = packed[from];
    const alpha = head > 0 ? -length : length;
    diagonal[k] = alpha;
    packed[from] = head - alpha;
    reflectLater(packed, m, n, k, 1 / (length * (length + Math.abs(head))));
  }
  return { packed, diagonal, columns, rank };
}

/** I − β v vᵀ with v in column k, applied to the columns after it. */
function reflectLater(packed: Float64Array, m: number, n: number, k: number, beta: number): void {
  const from = k * m;
  for (let j = k + 1; j < n; j++) {
    const to = j * m;
    let sum = 0;
    for (let i = k; i < m; i++) sum += packed[from + i] * packed[to + i];
    sum *= beta;
    for (let i = k; i < m; i++) packed[to + i] -= sum * packed[from + i];
  }
}

/** Swaps to place k the column whose remaining part is longest in relation to the whole. */
function bringLongest(
  packed: Float64Array,
  columns: Int32Array,
  lengths: Float64Array,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
): void {
  let best = k;
  let longest = -1;
  for (let j = k; j < n; j++) {
    const whole = lengths[columns[j]];
    const share = whole > 0 ? tailNorm(packed, j * m + k, m - k) / whole : 0;
    // A column must be clearly longer to go before an earlier one, so that order is kept in ties.
    if (share > longest * (1 + 1e-12)) {
      longest = share;
      best = j;
    }
  }
  if (best === k) return;
  const kept = packed.slice(best * m, (best + 1) * m);
  packed.copyWithin(best * m, k * m, (k + 1) * m);
  packed.set(kept, k * m);
  const column = columns[best];
  columns[best] = columns[k];
  columns[k] = column;
}

function tailNorm(x: Float64Array, from: number, count: number): number {
  let plain = 0;
  for (let i = from; i < from + count; i++) plain += x[i] * x[i];
  if (plain > 1e-280 && plain < 1e280) return Math.sqrt(plain);
  let largest = 0;
  for (let i = from; i < from + count; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += (x[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Applies the reflections to `b` in place: Qᵀ b, or Q b where they go backwards. */
export function reflect(
  { packed, diagonal }: PivotedQr,
  m: number,
  b: Float64Array,
  backwards = false,
): void {
  const steps = diagonal.length;
  for (let step = 0; step < steps; step++) {
    const k = backwards ? steps - 1 - step : step;
    if (diagonal[k] === 0) continue;
    const from = k * m;
    // β = 2/‖v‖², and ‖v‖² = −2·α·v₀ by construction.
    const beta = -1 / (diagonal[k] * packed[from + k]);
    let sum = 0;
    for (let i = k; i < m; i++) sum += packed[from + i] * b[i];
    sum *= beta;
    for (let i = k; i < m; i++) b[i] -= sum * packed[from + i];
  }
}

/**
 * The reduced factorisation A = Q·R for m ≥ n, without pivoting: Q has orthonormal columns, R is
 * upper triangular with a diagonal that is not negative, hence unique where A has full rank. Throws
 * where m < n. Cost 4·m·n².
 *
 * **Source:** Golub and Van Loan, Matrix Computations, 4th ed. 2013, §5.2.
 *
 * @param a shape [m × n], m ≥ n, finite.
 */
export function qr(a: Matrix): { readonly q: Matrix; readonly r: Matrix } {
  const { rows: m, columns: n } = a;
  if (m < n) throw new RangeError(`QR needs as many rows as columns, not ${m} × ${n}.`);
  const factors = householder(a, false);
  const q = matrix(m, n);
  const r = matrix(n, n);
  const column = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    const sign = factors.diagonal[j] < 0 ? -1 : 1;
    column.fill(0);
    column[j] = sign;
    reflect(factors, m, column, true);
    for (let i = 0; i < m; i++) q.data[i * n + j] = column[i];
    r.data[j * n + j] = sign * factors.diagonal[j];
    for (let c = j + 1; c < n; c++) r.data[j * n + c] = sign * factors.packed[c * m + j];
  }
  return { q, r };
}
