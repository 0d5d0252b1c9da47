import { gram, type Matrix, matrix, transposedTimesVector } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { centred, scaled } from './sample.ts';
import { type ShrunkCovariance, shrinkTowards, sumOfSquares } from './shrinkage.ts';

/**
 * Ledoit and Wolf's shrinkage towards a single-index model, the index being the equal-weighted mean of
 * the columns, with S over T (ddof 0) and the sample variances kept:
 *
 *   F = b bᵀ ÷ s²ₘ off the diagonal,   b = cov(r, m),   δ = (π̂ − ρ̂) ÷ (γ̂ T),   γ̂ = ‖F − S‖²
 *
 * Needs an index that moves: where s²ₘ is 0, δ is 0. Cost T·n².
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

/** (π̂ − ρ̂) ÷ (γ̂ T), the sums over pairs taken apart, a period at a time. */
function intensityOf({ around, index, sample, beta, variance, target }: Parts): number {
  const { rows: periods, columns: n } = around;
  let fourth = 0;
  let fourthOwn = 0;
  let mixed = 0;
  let common = 0;
  for (let t = 0; t < periods; t++) {
    const m = index[t];
    let squares = 0;
    let loaded = 0;
    let mixedOwn = 0;
    let commonOwn = 0;
    for (let i = 0; i < n; i++) {
      const x = around.data[t * n + i];
      const square = x * x;
      squares += square;
      loaded += beta[i] * x;
      fourthOwn += square * square;
      mixedOwn += square * x * beta[i];
      commonOwn += square * beta[i] * beta[i];
    }
    fourth += squares * squares;
    mixed += m * (squares * loaded - mixedOwn);
    common += m * m * (loaded * loaded - commonOwn);
  }
  let gamma = 0;
  let crossed = 0;
  let own = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      gamma += (sample.data[at] - target.data[at]) ** 2;
      if (i === j) own += sample.data[at] ** 2;
      else crossed += beta[i] * beta[j] * sample.data[at];
    }
  }
  const pi = fourth / periods - sumOfSquares(sample);
  const roff =
    (2 * (mixed / periods - crossed)) / variance -
    (common / periods - variance * crossed) / variance ** 2;
  const rho = fourthOwn / periods - own + roff;
  return gamma > 0 ? (pi - rho) / gamma / periods : 0;
}
