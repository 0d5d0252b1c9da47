import { identity, type Matrix, requireSquare } from './matrix.ts';

/** P·A = L·U, packed: U on and above the diagonal, L's multipliers below. */
interface Factors {
  readonly n: number;
  readonly lu: Float64Array;
  /** Row of A that stands at each place. */
  readonly order: Int32Array;
  readonly sign: number;
}

/** LU with partial pivoting; null where a pivot is ≤ n·2⁻⁵² of the largest entry of A. */
function factorise(a: Matrix): Factors | null {
  const n = requireSquare(a);
  const lu = Float64Array.from(a.data);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let largest = 0;
  for (const value of lu) largest = Math.max(largest, Math.abs(value));
  const least = n * Number.EPSILON * largest;
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const best = largestBelow(lu, n, k);
    if (!(Math.abs(lu[best * n + k]) > least)) return null;
    if (best !== k) {
      swapRows(lu, n, best, k);
      const kept = order[best];
      order[best] = order[k];
      order[k] = kept;
      sign = -sign;
    }
    eliminate(lu, n, k);
  }
  return { n, lu, order, sign };
}

function largestBelow(lu: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(lu[i * n + k]) > Math.abs(lu[best * n + k])) best = i;
  }
  return best;
}

function swapRows(lu: Float64Array, n: number, one: number, other: number): void {
  for (let j = 0; j < n; j++) {
    const kept = lu[one * n + j];
    lu[one * n + j] = lu[other * n + j];
    lu[other * n + j] = kept;
  }
}

function eliminate(lu: Float64Array, n: number, k: number): void {
  const pivot = lu[k * n + k];
  for (let i = k + 1; i < n; i++) {
    const factor = lu[i * n + k] / pivot;
    lu[i * n + k] = factor;
    if (factor === 0) continue;
    for (let j = k + 1; j < n; j++) lu[i * n + j] -= factor * lu[k * n + j];
  }
}

function substitute({ n, lu, order }: Factors, b: Float64Array): Float64Array {
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[order[i]];
    for (let k = 0; k < i; k++) sum -= lu[i * n + k] * x[k];
    x[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= lu[i * n + k] * x[k];
    x[i] = sum / lu[i * n + i];
  }
  return x;
}

/**
 * x with A x = b by LU with partial pivoting; null where A is singular to working precision (a pivot
 * ≤ n·2⁻⁵² of A's largest entry) or holds something that is no number. Cost 2/3·n³.
 *
 * **Source:** Golub and Van Loan, Matrix Computations, 4th ed. 2013, §3.4.
 *
 * @param a shape [n × n].
 * @param b shape [n].
 */
export function solve(a: Matrix, b: Float64Array): Float64Array | null {
  const factors = factorise(a);
  return factors && substitute(factors, b);
}

/** A⁻¹ by LU with partial pivoting; null as `solve`. Cost 2·n³. For symmetric positive A: `inverseSpd`. */
export function inverse(a: Matrix): Matrix | null {
  const factors = factorise(a);
  if (!factors) return null;
  const { n } = factors;
  const made = identity(n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    const x = substitute(factors, column);
    for (let i = 0; i < n; i++) made.data[i * n + j] = x[i];
  }
  return made;
}

/** det A by LU; 0 where A is singular to working precision. Cost 2/3·n³. */
export function determinant(a: Matrix): number {
  const factors = factorise(a);
  if (!factors) return 0;
  let product = factors.sign;
  for (let i = 0; i < factors.n; i++) product *= factors.lu[i * factors.n + i];
  return product;
}
