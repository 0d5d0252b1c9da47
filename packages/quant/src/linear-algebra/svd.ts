import { columnOf, type Matrix, matrix, transpose } from './matrix.ts';
import { hypotenuse, signOfLargest } from './symmetric-eigen.ts';

/** A = U·diag(values)·Vᵀ with k = min(m, n). */
export interface Svd {
  /** Orthonormal columns, shape [m × k]; a column of a zero value is zero. */
  readonly u: Matrix;
  /** Descending, none negative, shape [k]. */
  readonly values: Float64Array;
  /** Orthonormal columns, shape [n × k]; the largest component of each is positive. */
  readonly v: Matrix;
}

/**
 * Singular values and vectors by one-sided Jacobi rotations, which gets small values right to
 * relative precision. Cost about 6·m·n² a sweep, some 6 to 10 sweeps.
 *
 * **Source:** Demmel and Veselić, Jacobi's method is more accurate than QR, 1992.
 *
 * @param a shape [m × n], finite.
 */
export function svd(a: Matrix): Svd {
  if (a.rows < a.columns) {
    const { u, values, v } = tallSvd(transpose(a));
    return signed({ u: v, values, v: u });
  }
  return signed(tallSvd(a));
}

function tallSvd(a: Matrix): Svd {
  const { rows: m, columns: n } = a;
  const w = Float64Array.from(transpose(a).data);
  const v = new Float64Array(n * n);
  for (let j = 0; j < n; j++) v[j * n + j] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    if (!jacobiSweep(w, v, m, n)) break;
  }
  const lengths = Float64Array.from({ length: n }, (_, j) =>
    Math.sqrt(product(w, j * m, j * m, m)),
  );
  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => lengths[j] - lengths[i]);
  const u = matrix(m, n);
  const right = matrix(n, n);
  order.forEach((from, to) => {
    const length = lengths[from];
    if (length > 0) for (let i = 0; i < m; i++) u.data[i * n + to] = w[from * m + i] / length;
    for (let i = 0; i < n; i++) right.data[i * n + to] = v[from * n + i];
  });
  return { u, values: Float64Array.from(order, (j) => lengths[j]), v: right };
}

/** Makes each pair of columns (rows of w) orthogonal once; whether any had to be turned. */
function jacobiSweep(w: Float64Array, v: Float64Array, m: number, n: number): boolean {
  let turned = false;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const alpha = product(w, p * m, p * m, m);
      const beta = product(w, q * m, q * m, m);
      const gamma = product(w, p * m, q * m, m);
      if (gamma === 0 || Math.abs(gamma) <= Number.EPSILON * Math.sqrt(alpha * beta)) continue;
      turned = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + hypotenuse(1, zeta));
      const c = 1 / hypotenuse(1, t);
      turn(w, p * m, q * m, m, c, c * t);
      turn(v, p * n, q * n, n, c, c * t);
    }
  }
  return turned;
}

function turn(x: Float64Array, p: number, q: number, count: number, c: number, s: number): void {
  for (let i = 0; i < count; i++) {
    const one = x[p + i];
    const other = x[q + i];
    x[p + i] = c * one - s * other;
    x[q + i] = s * one + c * other;
  }
}

function product(x: Float64Array, p: number, q: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += x[p + i] * x[q + i];
  return sum;
}

/** The sign rule of `symmetricEigen`, by the vectors on the right. */
function signed({ u, values, v }: Svd): Svd {
  for (let j = 0; j < values.length; j++) {
    const column = columnOf(v, j);
    if (signOfLargest(column) > 0) continue;
    for (let i = 0; i < u.rows; i++) u.data[i * u.columns + j] *= -1;
    for (let i = 0; i < v.rows; i++) v.data[i * v.columns + j] *= -1;
  }
  return { u, values, v };
}
