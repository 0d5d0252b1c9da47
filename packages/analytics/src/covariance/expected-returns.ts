import { cholesky, columnOf, type Matrix, solveCholesky } from '@plimsoll/quant/linear-algebra';
import { exponentialWeights } from './exponential.ts';

/** Each column's numbers, gaps left out. */
const knownOf = (returns: Matrix): Float64Array[] =>
  Array.from({ length: returns.columns }, (_, i) =>
    columnOf(returns, i).filter((value) => !Number.isNaN(value)),
  );

/**
 * Mean return a year of each column, from its own periods:
 *
 *   arithmetic: p · Σ rₜ ÷ T
 *   compounded: (Π (1 + rₜ))^(p/T) − 1
 *
 * NaN for a column without a number.
 *
 * **Source:** PyPortfolioOpt 1.5.6 `mean_historical_return` (the same to rounding).
 *
 * @param returns shape [T × n], NaN where there is none.
 * @param periods p, periods a year.
 */
export function historicalMeans(
  returns: Matrix,
  periods: number,
  kind: 'arithmetic' | 'compounded',
): Float64Array {
  return Float64Array.from(knownOf(returns), (column) => {
    if (column.length === 0) return Number.NaN;
    if (kind === 'compounded') {
      const growth = column.reduce((product, value) => product * (1 + value), 1);
      return growth ** (periods / column.length) - 1;
    }
    return (periods * column.reduce((sum, value) => sum + value, 0)) / column.length;
  });
}

/**
 * Exponentially weighted mean return a year, the latest period weighing most:
 *
 *   arithmetic: p·m,   compounded: (1 + m)ᵖ − 1,   m = Σ wₜ rₜ,   wₜ ∝ λᵀ⁻¹⁻ᵗ
 *
 * NaN for a column without a number.
 *
 * **Source:** PyPortfolioOpt 1.5.6 `ema_historical_return`, λ = 1 − 2/(span + 1).
 *
 * @param returns shape [T × n], NaN where there is none; a gap keeps its place in the weights.
 * @param periods p, periods a year.
 * @param decay λ in (0, 1).
 */
export function exponentialMeans(
  returns: Matrix,
  periods: number,
  { decay, kind }: { readonly decay: number; readonly kind: 'arithmetic' | 'compounded' },
): Float64Array {
  const { rows, columns, data } = returns;
  const weights = exponentialWeights(rows, decay, 'normalised');
  return Float64Array.from({ length: columns }, (_, i) => {
    let sum = 0;
    let weight = 0;
    for (let t = 0; t < rows; t++) {
      const value = data[t * columns + i];
      if (Number.isNaN(value)) continue;
      sum += weights[t] * value;
      weight += weights[t];
    }
    const mean = weight > 0 ? sum / weight : Number.NaN;
    return kind === 'compounded' ? (1 + mean) ** periods - 1 : periods * mean;
  });
}

/** The capital asset pricing model's expectation of each column. */
export interface CapmMeans {
  readonly means: Float64Array;
  /** cov(r, m) ÷ var(m). */
  readonly betas: Float64Array;
  /** Expected return of the market a year. */
  readonly market: number;
}

/**
 * Returns a year that the capital asset pricing model expects: r_f + β (E[m] − r_f), with β by the
 * sample and E[m] the market's own historical mean. Null where the market does not move.
 *
 * **Source:** Sharpe, Capital asset prices, 1964; PyPortfolioOpt 1.5.6 `capm_return` where the market
 * is compounded.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 * @param market shape [T], finite.
 * @param riskFree r_f a year.
 */
export function capmMeans(
  returns: Matrix,
  market: Float64Array,
  {
    periods,
    riskFree,
    kind,
  }: {
    readonly periods: number;
    readonly riskFree: number;
    readonly kind: 'arithmetic' | 'compounded';
  },
): CapmMeans | null {
  const { rows, columns, data } = returns;
  const mean = market.reduce((sum, value) => sum + value, 0) / rows;
  const around = market.map((value) => value - mean);
  const spread = around.reduce((sum, value) => sum + value * value, 0);
  // What is left of a constant after its mean is taken off is rounding.
  if (spread <= rows * (rows * Number.EPSILON * mean) ** 2) return null;
  const betas = Float64Array.from({ length: columns }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < rows; t++) sum += around[t] * data[t * columns + i];
    return sum / spread;
  });
  const [expected] = historicalMeans({ rows, columns: 1, data: market }, periods, kind);
  return {
    means: betas.map((beta) => riskFree + beta * (expected - riskFree)),
    betas,
    market: expected,
  };
}

/** Means pulled towards one number. */
export interface ShrunkMeans {
  readonly means: Float64Array;
  /** Share of the target, in [0, 1]. */
  readonly shrinkage: number;
  /** What the means are pulled towards, per period. */
  readonly target: number;
}

/**
 * James–Stein means per period, towards the grand mean m̄ of all columns:
 *
 *   δ = (tr S − 2·λ_max(S)) ÷ (T · Σ (mᵢ − m̄)²), cut to [0, 1]
 *
 * Fewer than 3 columns are not shrunk: δ = 0.
 *
 * **Source:** James and Stein, Estimation with quadratic loss, 1961; the form for unequal variances of
 * Bock, 1975, as skfolio's `ShrunkMu`.
 *
 * @param means shape [n].
 * @param eigenvalues of the covariance S per period, ascending, shape [n].
 * @param count T, observations.
 */
export function jamesSteinMeans(
  means: Float64Array,
  eigenvalues: Float64Array,
  count: number,
): ShrunkMeans {
  const n = means.length;
  const target = means.reduce((sum, value) => sum + value, 0) / n;
  const spread = means.reduce((sum, value) => sum + (value - target) ** 2, 0);
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  const intensity = n < 3 ? 0 : (total - 2 * eigenvalues[n - 1]) / (count * spread);
  return pull(means, target, intensity);
}

/**
 * Bayes–Stein means per period, towards the mean m₀ of the portfolio of least variance:
 *
 *   δ = (n + 2) ÷ (n + 2 + T (m − m₀1)ᵀ S⁻¹ (m − m₀1)),   m₀ = 1ᵀS⁻¹m ÷ 1ᵀS⁻¹1
 *
 * Null where S is singular. S is the sample covariance, where Jorion multiplies it by
 * (T − 1) ÷ (T − n − 2); pass that to have his figure.
 *
 * **Source:** Jorion, Bayes–Stein estimation for portfolio analysis, 1986, equations 14 to 17.
 *
 * @param means shape [n].
 * @param covariance S per period, shape [n × n].
 * @param count T, observations.
 */
export function bayesSteinMeans(
  means: Float64Array,
  covariance: Matrix,
  count: number,
): ShrunkMeans | null {
  const n = means.length;
  const factor = cholesky(covariance);
  if (!factor) return null;
  const ones = new Float64Array(n).fill(1);
  const flat = solveCholesky(factor, ones);
  const weight = flat.reduce((sum, value) => sum + value, 0);
  const target = flat.reduce((sum, value, i) => sum + value * means[i], 0) / weight;
  const around = means.map((value) => value - target);
  const turned = solveCholesky(factor, around);
  const distance = turned.reduce((sum, value, i) => sum + value * around[i], 0);
  return pull(means, target, (n + 2) / (n + 2 + count * distance));
}

function pull(means: Float64Array, target: number, intensity: number): ShrunkMeans {
  const shrinkage = Number.isNaN(intensity) ? 0 : Math.min(1, Math.max(0, intensity));
  return {
    means: means.map((value) => (1 - shrinkage) * value + shrinkage * target),
    shrinkage,
    target,
  };
}
