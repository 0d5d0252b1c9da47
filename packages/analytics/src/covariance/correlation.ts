import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { diagonal } from './sample.ts';

/**
 * ρᵢⱼ = sᵢⱼ ÷ √(sᵢᵢ sⱼⱼ), the diagonal exactly 1, within [−1, 1]. Where a variance is not positive,
 * correlations with it are NaN: callers refuse such columns first, or show none.
 *
 * @param covariance shape [n × n].
 */
export function toCorrelation({ rows: n, data }: Matrix): Matrix {
  const made = matrix(n, n);
  const deviation = Float64Array.from({ length: n }, (_, i) => Math.sqrt(data[i * (n + 1)]));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = data[i * n + j] / (deviation[i] * deviation[j]);
      made.data[i * n + j] = i === j && deviation[i] > 0 ? 1 : Math.min(1, Math.max(-1, value));
    }
  }
  return made;
}

/** sᵢⱼ = ρᵢⱼ σᵢ σⱼ. */
export function fromCorrelation({ rows: n, data }: Matrix, deviations: Float64Array): Matrix {
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      made.data[i * n + j] = data[i * n + j] * deviations[i] * deviations[j];
    }
  }
  return made;
}

/** Standard deviations: the roots of the diagonal, shape [n]. */
export const deviationsOf = (covariance: Matrix): Float64Array =>
  diagonal(covariance).map(Math.sqrt);
