import type { Random } from '@plimsoll/kernel';
import { cholesky, type Matrix, matrix, nearestPsd } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { sampleCovariance } from '../../covariance/sample.ts';

/**
 * L with LLᵀ = Σ; where Σ is not positive definite, of the nearest that is positive semidefinite
 * plus a rounding-sized part of its trace.
 */
export function rootOf(covariance: Matrix): Matrix {
  const plain = cholesky(covariance);
  if (plain) return plain;
  const n = covariance.rows;
  const near = nearestPsd(covariance);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += near.data[i * n + i];
  for (let ridge = 1e-14; ; ridge *= 10) {
    const lifted = matrix(n, n, near.data.slice());
    for (let i = 0; i < n; i++) lifted.data[i * n + i] += (ridge * (trace || 1)) / n;
    const root = cholesky(lifted);
    if (root) return root;
  }
}

/**
 * Mean and covariance of so many draws from a normal distribution: what one would have estimated had
 * the past been another of the same kind.
 *
 * @param root L with LLᵀ = Σ, shape [n × n].
 * @returns Sample mean, and covariance with divisor periods − 1.
 */
export function drawMoments(
  mean: Float64Array,
  root: Matrix,
  periods: number,
  random: Random,
): { readonly mean: Float64Array; readonly covariance: Matrix } {
  const n = mean.length;
  const draws = matrix(periods, n);
  const z = new Float64Array(n);
  for (let t = 0; t < periods; t++) {
    for (let i = 0; i < n; i++) z[i] = random.normal();
    for (let i = 0; i < n; i++) {
      let value = mean[i];
      for (let j = 0; j <= i; j++) value += root.data[i * n + j] * z[j];
      draws.data[t * n + i] = value;
    }
  }
  return { mean: columnMeans(draws), covariance: sampleCovariance(draws) };
}
