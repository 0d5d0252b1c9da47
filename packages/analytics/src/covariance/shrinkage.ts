import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';

/** A covariance pulled towards a target: (1 − δ) S + δ F. */
export interface ShrunkCovariance {
  readonly covariance: Matrix;
  /** δ, in [0, 1]. */
  readonly shrinkage: number;
}

/** (1 − δ) S + δ F with δ cut to [0, 1]; where it is no number, S is the target and δ 0. */
export function shrinkTowards(sample: Matrix, target: Matrix, intensity: number): ShrunkCovariance {
  const shrinkage = Number.isNaN(intensity) ? 0 : Math.min(1, Math.max(0, intensity));
  return {
    covariance: matrix(
      sample.rows,
      sample.columns,
      sample.data.map((value, i) => (1 - shrinkage) * value + shrinkage * target.data[i]),
    ),
    shrinkage,
  };
}

/** μI with μ the mean variance, the target of `ledoitWolfIdentity` and `oracleApproximating`. */
export function meanVarianceIdentity(sample: Matrix): Matrix {
  const n = sample.rows;
  const target = matrix(n, n);
  const mean = trace(sample) / n;
  for (let i = 0; i < n; i++) target.data[i * (n + 1)] = mean;
  return target;
}

/** Σ aᵢᵢ. */
export function trace({ rows, data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * (rows + 1)];
  return sum;
}

/** Σ aᵢⱼ². */
export function sumOfSquares({ data }: Matrix): number {
  let sum = 0;
  for (const value of data) sum += value * value;
  return sum;
}
