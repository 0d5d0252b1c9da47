import { type Matrix, matrix } from './matrix.ts';
import { mirrorLower, multiplyTransposed } from './products.ts';
import { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.ts';

/**
 * The symmetric matrix with eigenvalues ≥ `floor` that is nearest to A in the Frobenius norm: the
 * symmetric part (A + Aᵀ)/2 with its smaller eigenvalues raised to `floor`. A matrix that needs no
 * change is returned as it is, symmetrised. Cost about 11·n³.
 *
 * **Source:** Higham, Computing a nearest symmetric positive semidefinite matrix, 1988, theorem 2.1.
 *
 * @param a shape [n × n], finite.
 * @param floor the least eigenvalue allowed, 0 if not given.
 */
export function nearestPsd(a: Matrix, floor = 0): Matrix {
  const symmetric = symmetricPart(a);
  const eigen = symmetricEigen(symmetric);
  if (eigen.values.every((value) => value >= floor)) return symmetric;
  return recompose({ ...eigen, values: eigen.values.map((value) => Math.max(value, floor)) });
}

/** V·diag(values)·Vᵀ, symmetric to the bit. Cost 2·n³. */
export function recompose({ values, vectors }: SymmetricEigen): Matrix {
  const n = vectors.rows;
  const k = values.length;
  const scaled = matrix(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) scaled.data[i * k + j] = vectors.data[i * k + j] * values[j];
  }
  const product = multiplyTransposed(scaled, vectors);
  mirrorLower(product);
  return product;
}

/** (A + Aᵀ)/2. */
export function symmetricPart({ rows: n, data }: Matrix): Matrix {
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) made.data[i * n + j] = (data[i * n + j] + data[j * n + i]) / 2;
  }
  return made;
}
