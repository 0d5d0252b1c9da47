import { fastCholesky, fastForward } from './fast-cholesky.ts';
import { identity, type Matrix, matrix, requireSquare } from './matrix.ts';
import { gram } from './products.ts';

/** The size from which copying into WebAssembly's memory pays, as measured. */
const fromSize = 32;

/**
 * The lower triangle L with L·Lᵀ = A and a positive diagonal, or null where A is not positive
 * definite to working precision: a pivot ≤ n·2⁻⁵²·aᵢᵢ, or not a number. Only the lower triangle of A
 * is read. Cost n³/3. From n = 32 on by WebAssembly, with the same bits.
 *
 * **Source:** Golub and Van Loan, Matrix Computations, 4th ed. 2013, §4.2.
 *
 * @param a shape [n × n], symmetric.
 */
export function cholesky(a: Matrix): Matrix | null {
  const n = requireSquare(a);
  const l = matrix(n, n);
  const fast = n >= fromSize ? fastCholesky(a.data, l.data, n) : undefined;
  return (fast ?? plainCholesky(a.data, l.data, n)) ? l : null;
}

/** Writes L below and on the diagonal of `l`; false where a pivot is not positive. */
export function plainCholesky(a: Float64Array, l: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = a[row + j];
      for (let k = 0; k < j; k++) sum -= l[row + k] * l[other + k];
      l[row + j] = sum / l[other + j];
    }
    let pivot = a[row + i];
    for (let k = 0; k < i; k++) pivot -= l[row + k] * l[row + k];
    if (!(pivot > n * Number.EPSILON * a[row + i])) return false;
    l[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** x with L·Lᵀ x = b. Cost 2·n². `l` as `cholesky` gives it. */
export function solveCholesky(l: Matrix, b: Float64Array): Float64Array {
  return solveLowerTransposed(l, solveLower(l, b));
}

/** x with L x = b, by forward substitution. Cost n². */
export function solveLower({ rows: n, data }: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    const row = i * n;
    for (let k = 0; k < i; k++) sum -= data[row + k] * x[k];
    x[i] = sum / data[row + i];
  }
  return x;
}

/** x with Lᵀ x = b, by backward substitution along the rows of L. Cost n². */
export function solveLowerTransposed({ rows: n, data }: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    x[i] /= data[row + i];
    const xi = x[i];
    for (let k = 0; k < i; k++) x[k] -= data[row + k] * xi;
  }
  return x;
}

/**
 * X with L·Lᵀ X = B. Cost 2·n²·m.
 *
 * @param l shape [n × n], as `cholesky` gives it.
 * @param b shape [n × m].
 */
export function solveCholeskyMatrix(l: Matrix, b: Matrix): Matrix {
  const n = l.rows;
  const m = b.columns;
  const x = { rows: n, columns: m, data: Float64Array.from(b.data) };
  forwardRows(l.data, x.data, n, m);
  // Lᵀ with rows and columns in reverse is a lower triangle again.
  const reversed = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      reversed.data[(n - 1 - k) * n + (n - 1 - i)] = l.data[i * n + k];
    }
  }
  reverseRows(x);
  forwardRows(reversed.data, x.data, n, m);
  reverseRows(x);
  return x;
}

/** X with L X = B over B. */
function forwardRows(l: Float64Array, x: Float64Array, n: number, m: number): void {
  if (n >= fromSize && m >= 4 && fastForward(l, x, { n, m })) return;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) takeRow(x, i * m, k * m, l[i * n + k], m);
    divideRow(x, i * m, l[i * n + i], m);
  }
}

function reverseRows({ rows, columns, data }: Matrix): void {
  for (let i = 0, j = rows - 1; i < j; i++, j--) {
    const kept = data.slice(i * columns, (i + 1) * columns);
    data.copyWithin(i * columns, j * columns, (j + 1) * columns);
    data.set(kept, j * columns);
  }
}

function takeRow(x: Float64Array, to: number, from: number, factor: number, m: number): void {
  if (factor === 0) return;
  for (let j = 0; j < m; j++) x[to + j] -= factor * x[from + j];
}

function divideRow(x: Float64Array, at: number, by: number, m: number): void {
  for (let j = 0; j < m; j++) x[at + j] /= by;
}

/** A⁻¹ of a symmetric positive definite A, symmetric to the bit; null where it is not. Cost n³. */
export function inverseSpd(a: Matrix): Matrix | null {
  const l = cholesky(a);
  return l ? gram(inverseLower(l)) : null;
}

/** L⁻¹ of a lower triangle with no zero on its diagonal. Cost n³/3. */
export function inverseLower({ rows: n, data }: Matrix): Matrix {
  const inverse = identity(n);
  const x = inverse.data;
  if (n >= fromSize && fastForward(data, x, { n, m: n, isLower: true })) return inverse;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) takeRow(x, i * n, k * n, data[i * n + k], k + 1);
    divideRow(x, i * n, data[i * n + i], i + 1);
  }
  return inverse;
}

/** log det A = 2 Σ log lᵢᵢ from A's Cholesky factor. */
export function logDeterminantCholesky({ rows: n, data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(data[i * n + i]);
  return 2 * sum;
}
