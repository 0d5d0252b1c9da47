import { type EigenWork, eigenWork } from './eigen-steps.ts';
import { type Matrix, requireSquare, transpose } from './matrix.ts';

/** A = V·diag(values)·Vᵀ. */
export interface SymmetricEigen {
  /** Ascending, shape [n]. */
  readonly values: Float64Array;
  /** Orthonormal columns, one a value; the largest component of each is positive. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to tridiagonal form,
 * then implicit QL. Only the lower triangle is read. A vector's sign is set so that its component of
 * largest magnitude (the first of those within 1e-8 of it) is positive, hence results are the same
 * everywhere. Entries must be finite. Cost about 9·n³; from n = 16 on by WebAssembly, with the same bits.
 *
 * **Source:** Bowdler, Martin, Reinsch and Wilkinson, The QR and QL algorithms for symmetric
 * matrices, 1968 (EISPACK `tred2`, `tql2`).
 *
 * @param a shape [n × n], symmetric.
 */
export const symmetricEigen = (a: Matrix): SymmetricEigen => decompose(a, eigenWork(a.rows));

/**
 * The eigenvalues alone, ascending, the same bits as those of `symmetricEigen`. Cost 4/3·n³.
 *
 * @param a shape [n × n], symmetric, finite; only the lower triangle is read.
 */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  const work: EigenWork = { ...eigenWork(requireSquare(a)), sweep: () => undefined };
  const { u, d, n, lead } = work;
  fill(a, work);
  if (n > 0) {
    tridiagonalise(work);
    for (let j = 0; j < n; j++) d[j] = u[j * lead + j];
    implicitQl(work);
  }
  return d.toSorted();
}

function fill({ data }: Matrix, { u, n, lead }: EigenWork): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      u[j * lead + i] = data[i * n + j];
      u[i * lead + j] = data[i * n + j];
    }
  }
}

/** As `symmetricEigen`, in room that is given. */
export function decompose(a: Matrix, work: EigenWork): SymmetricEigen {
  requireSquare(a);
  fill(a, work);
  if (work.n > 0) {
    tridiagonalise(work);
    accumulate(work);
    implicitQl(work);
    work.flush();
  }
  return sorted(work);
}

/** Householder vectors into the columns of V, the tridiagonal's off-diagonal into e. One long loop nest. */
function tridiagonalise(work: EigenWork): void {
  const { u, d, e, n, lead } = work;
  for (let j = 0; j < n; j++) d[j] = u[j * lead + n - 1];
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = u[j * lead + i - 1];
        u[j * lead + i] = 0;
        u[i * lead + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      let f = d[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      for (let j = 0; j < i; j++) u[i * lead + j] = d[j];
      work.timesSymmetric(i);
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j] /= h;
        f += e[j] * d[j];
      }
      const half = f / (h + h);
      for (let j = 0; j < i; j++) e[j] -= half * d[j];
      work.takeRankTwo(i);
      for (let j = 0; j < i; j++) {
        d[j] = u[j * lead + i - 1];
        u[j * lead + i] = 0;
      }
    }
    d[i] = h;
  }
}

/** Multiplies the Householder reflections together, in place. */
function accumulate(work: EigenWork): void {
  const { u, d, n, lead } = work;
  for (let i = 0; i < n - 1; i++) {
    u[i * lead + n - 1] = u[i * lead + i];
    u[i * lead + i] = 1;
    const h = d[i + 1];
    const next = (i + 1) * lead;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = u[next + k] / h;
      work.reflectRows(i + 1, i + 1);
    }
    u.fill(0, next, next + i + 1);
  }
  for (let j = 0; j < n; j++) {
    d[j] = u[j * lead + n - 1];
    u[j * lead + n - 1] = 0;
  }
  u[(n - 1) * lead + n - 1] = 1;
}

/** Implicit QL with Wilkinson's shift; the vectors are turned along. One long loop nest. */
function implicitQl(work: EigenWork): void {
  const { d, e, n } = work;
  const turns = new Float64Array(2 * n);
  for (let i = 1; i < n; i++) e[i - 1] = e[i];
  e[n - 1] = 0;
  let shift = 0;
  let size = 0;
  for (let l = 0; l < n; l++) {
    size = Math.max(size, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * size) m++;
    if (m > l) {
      do {
        let g = d[l];
        let p = (d[l + 1] - g) / (2 * e[l]);
        let r = p < 0 ? -hypotenuse(p, 1) : hypotenuse(p, 1);
        d[l] = e[l] / (p + r);
        d[l + 1] = e[l] * (p + r);
        const next = d[l + 1];
        let h = g - d[l];
        for (let i = l + 2; i < n; i++) d[i] -= h;
        shift += h;
        p = d[m];
        let c = 1;
        let c2 = 1;
        let c3 = 1;
        const after = e[l + 1];
        let s = 0;
        let s2 = 0;
        for (let i = m - 1; i >= l; i--) {
          c3 = c2;
          c2 = c;
          s2 = s;
          g = c * e[i];
          h = c * p;
          r = hypotenuse(p, e[i]);
          e[i + 1] = s * r;
          s = e[i] / r;
          c = p / r;
          p = c * d[i] - s * g;
          d[i + 1] = h + s * (c * g + s * d[i]);
          turns[2 * (m - 1 - i)] = c;
          turns[2 * (m - 1 - i) + 1] = s;
        }
        work.sweep(m, l, turns);
        p = (-s * s2 * c3 * after * e[l]) / next;
        e[l] = s * p;
        d[l] = c * p;
      } while (Math.abs(e[l]) > Number.EPSILON * size);
    }
    d[l] += shift;
    e[l] = 0;
  }
}

/** Values ascending, vectors with them, each sign by the rule. */
function sorted({ u, d, n, lead }: EigenWork): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[i] - d[j]);
  const rows = new Float64Array(n * n);
  order.forEach((from, to) => {
    const vector = u.subarray(from * lead, from * lead + n);
    const sign = signOfLargest(vector);
    for (let k = 0; k < n; k++) rows[to * n + k] = sign * vector[k];
  });
  return {
    values: Float64Array.from(order, (i) => d[i]),
    vectors: transpose({ rows: n, columns: n, data: rows }),
  };
}

/** The sign of the first component that is within 1e-8 of the largest magnitude; 1 for none. */
export function signOfLargest(vector: Float64Array): 1 | -1 {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const first = vector.find((value) => Math.abs(value) >= largest * (1 - 1e-8));
  return first !== undefined && first < 0 ? -1 : 1;
}

/** √(x² + y²) without overflow; unlike `Math.hypot` the same bits on every machine. */
export function hypotenuse(x: number, y: number): number {
  const one = Math.abs(x);
  const other = Math.abs(y);
  const large = Math.max(one, other);
  if (large === 0) return 0;
  const ratio = Math.min(one, other) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}
