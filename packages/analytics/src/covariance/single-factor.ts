import {
  gram,
  type Matrix,
  matrix,
  transposedMultiply,
  transposedTimesVector,
} from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { centred, scaled } from './sample.ts';
import { type ShrunkCovariance, shrinkTowards } from './shrinkage.ts';

/**
 * Ledoit and Wolf's shrinkage towards a single-index model, the index being the equal-weighted mean of
 * the columns, with S over T (ddof 0) and the sample variances kept:
 *
 *   F = b bᵀ ÷ s²ₘ off the diagonal,   b = cov(r, m),   δ = (π̂ − ρ̂) ÷ (γ̂ T),   γ̂ = ‖F − S‖²
 *
 * Needs an index that moves: where s²ₘ is 0, δ is 0. Cost 4·T·n².
 *
 * **Source:** Ledoit and Wolf, Improved estimation of the covariance matrix of stock returns, 2003, §2,
 * and the authors' covMarket.m.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 */
export function ledoitWolfSingleFactor(returns: Matrix): ShrunkCovariance {
  const { rows: periods, columns: n } = returns;
  const around = centred(returns, columnMeans(returns));
  const index = indexOf(around);
  const sample = scaled(gram(around), 1 / periods);
  const beta = transposedTimesVector(around, index).map((sum) => sum / periods);
  const variance = index.reduce((sum, value) => sum + value * value, 0) / periods;
  if (variance === 0) return { covariance: sample, shrinkage: 0 };
  const target = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      target.data[i * n + j] = i === j ? sample.data[i * n + j] : (beta[i] * beta[j]) / variance;
    }
  }
  const intensity = intensityOf({ around, index, sample, beta, variance, target });
  return shrinkTowards(sample, target, intensity);
}

function indexOf({ rows, columns, data }: Matrix): Float64Array {
  const index = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += data[t * columns + i];
    index[t] = sum / columns;
  }
  return index;
}

interface Parts {
  readonly around: Matrix;
  readonly index: Float64Array;
  readonly sample: Matrix;
  readonly beta: Float64Array;
  readonly variance: number;
  readonly target: Matrix;
}

/** (π̂ − ρ̂) ÷ (γ̂ T), each sum term by term. */
function intensityOf({ around, index, sample, beta, variance, target }: Parts): number {
  const { rows: periods, columns: n } = around;
  const squared = matrix(
    periods,
    n,
    around.data.map((x) => x * x),
  );
  const withIndex = matrix(
    periods,
    n,
    around.data.map((x, at) => x * index[Math.floor(at / n)]),
  );
  const fourth = gram(squared);
  const mixed = transposedMultiply(squared, withIndex);
  const common = gram(withIndex);
  let pi = 0;
  let rho = 0;
  let gamma = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      const s = sample.data[at];
      const spread = fourth.data[at] / periods - s * s;
      pi += spread;
      gamma += (s - target.data[at]) ** 2;
      if (i === j) {
        rho += spread;
        continue;
      }
      const one = mixed.data[at] / periods - beta[i] * s;
      const both = common.data[at] / periods - variance * s;
      rho += (2 * one * beta[j]) / variance - (both * beta[i] * beta[j]) / variance ** 2;
    }
  }
  return gamma > 0 ? (pi - rho) / gamma / periods : 0;
}
