import { ordinaryLeastSquares } from '../../regression/index.ts';
import type { Fitted } from '../fitted.ts';
import { putTerms, termCount } from './deterministic-terms.ts';
import { longRunVariance } from './long-run-variance.ts';
import { type CriticalValues, tauCriticalValues, tauP, zP } from './mackinnon.ts';
import type { Deterministic } from './mackinnon-tables.ts';

/** The outcome of the test. */
export interface PhillipsPerron {
  /** Z_τ, and the probability of one so low under a unit root. */
  readonly statistic: number;
  readonly p: number;
  readonly critical: CriticalValues | null;
  /** Z_ρ, of n (ρ − 1), and its p-value. */
  readonly rhoStatistic: number;
  readonly rhoP: number;
  readonly lags: number;
  readonly n: number;
}

/**
 * Phillips and Perron's test of the hypothesis that a series has a unit root: the Dickey–Fuller
 * statistics of x_t = ρ x_{t−1} + terms + u_t without lags, corrected for serial correlation of u by
 * its long-run variance λ²:
 *
 *   Z_τ = √(γ₀ ÷ λ²) (ρ − 1) ÷ σ − ½ (λ² − γ₀) ÷ λ × n σ ÷ s
 *   Z_ρ = n (ρ − 1) − ½ (n² σ² ÷ s²)(λ² − γ₀)
 *
 * with s² = Σu² ÷ (n − k), γ₀ = Σu² ÷ n and σ the standard error of ρ.
 *
 * @param x The series, finite, shape [n + 1].
 * @param lags Of λ²; ⌈12 ((n + 1) ÷ 100)^¼⌉ if not given, as the Python package arch.
 *
 * Source: Peter Phillips and Pierre Perron, Testing for a unit root in time series regression, 1988;
 * James Hamilton, Time Series Analysis, 1994, §17.6.
 */
export function phillipsPerron(
  x: Float64Array,
  {
    deterministic = 'constant',
    lags,
  }: { readonly deterministic?: Deterministic; readonly lags?: number } = {},
): Fitted<PhillipsPerron> {
  const n = x.length - 1;
  const k = 1 + termCount(deterministic);
  if (!x.every(Number.isFinite)) return { why: 'the series has gaps' };
  if (n < k + 5) return { why: `${x.length} values are too few, ${k + 6} are needed` };
  if (x.every((each) => each === x[0])) return { why: 'the series does not vary' };
  const used = Math.min(lags ?? Math.ceil(12 * ((n + 1) / 100) ** 0.25), n - 1);
  const data = new Float64Array(n * k);
  for (let t = 0; t < n; t++) {
    const row = data.subarray(t * k, (t + 1) * k);
    row[0] = x[t];
    putTerms(row, 1, t + 1, deterministic);
  }
  const fit = ordinaryLeastSquares({ rows: n, columns: k, data }, x.slice(1));
  const [error] = fit.standardErrors;
  const [rho] = fit.coefficients;
  const long = longRunVariance(fit.residuals, used);
  const s2 = fit.residualSumOfSquares / (n - k);
  const plain = fit.residualSumOfSquares / n;
  const moved = x.reduce((sum, each, t) => (t === 0 ? 0 : sum + (each - x[t - 1]) ** 2), 0);
  if (!(long > 0) || !(error > 0) || !(fit.residualSumOfSquares > 1e-24 * moved))
    return { why: 'the series is fitted exactly by its own past' };
  const statistic =
    Math.sqrt(plain / long) * ((rho - 1) / error) -
    (0.5 * (long - plain) * n * error) / Math.sqrt(long * s2);
  const rhoStatistic = n * (rho - 1) - (0.5 * n * n * error * error * (long - plain)) / s2;
  return {
    statistic,
    p: tauP(statistic, deterministic),
    critical: tauCriticalValues(deterministic, n),
    rhoStatistic,
    rhoP: zP(rhoStatistic, deterministic),
    lags: used,
    n,
  };
}
