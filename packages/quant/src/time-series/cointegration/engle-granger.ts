import type { Matrix } from '../../linear-algebra/index.ts';
import { ordinaryLeastSquares } from '../../regression/index.ts';
import type { Fitted } from '../fitted.ts';
import { putTerms, termCount } from '../unit-root/deterministic-terms.ts';
import { type DickeyFullerOptions, tauStatistic } from '../unit-root/dickey-fuller.ts';
import { type CriticalValues, tauCriticalValues, tauP } from '../unit-root/mackinnon.ts';

/** The outcome of the test. */
export interface EngleGranger {
  /** τ of the residuals. */
  readonly statistic: number;
  readonly p: number;
  readonly critical: CriticalValues | null;
  readonly lags: number;
  /** Of the other series, in their order; shape [N − 1]. */
  readonly coefficients: Float64Array;
  /** Of the deterministic terms: constant, trend, its square; as many as there are. */
  readonly terms: Float64Array;
  /** What is left of the first series: the spread, shape [n]. */
  readonly residuals: Float64Array;
}

/**
 * Engle and Granger's test of the hypothesis that N series are not cointegrated: a Dickey–Fuller
 * test without constant of the residuals of the first on the others and the terms, against
 * MacKinnon's distribution for N series. The conventions are those of statsmodels' `coint`.
 *
 * @param y The first series, finite, shape [n].
 * @param others The others, row-major, shape [n × (N − 1)], N from 2 to 6.
 * @returns the outcome, or why there is none: gaps, too short, collinear, or an exact combination.
 *
 * Source: Robert Engle and Clive Granger, Co-integration and error correction: representation,
 * estimation and testing, 1987.
 */
export function engleGranger(
  y: Float64Array,
  others: Matrix,
  { deterministic = 'constant', lags, choose = 'aic' }: DickeyFullerOptions = {},
): Fitted<EngleGranger> {
  const n = y.length;
  const k = others.columns;
  if (k > 5) return { why: `there is no distribution for ${k + 1} series, 6 at most` };
  if (!(y.every(Number.isFinite) && others.data.every(Number.isFinite))) {
    return { why: 'the series have gaps' };
  }
  const columns = k + termCount(deterministic);
  if (n < columns + 8) return { why: `${n} values are too few, ${columns + 8} are needed` };
  const data = new Float64Array(n * columns);
  for (let t = 0; t < n; t++) {
    const row = data.subarray(t * columns, (t + 1) * columns);
    row.set(others.data.subarray(t * k, (t + 1) * k));
    putTerms(row, k, t + 1, deterministic);
  }
  const fit = ordinaryLeastSquares({ rows: n, columns, data }, y);
  if (fit.dependent.length > 0) return { why: 'a series is an exact combination of others' };
  if (!(fit.r2 < 1 - 100 * Math.sqrt(Number.EPSILON))) {
    return { why: 'the first series is an almost exact combination of the others' };
  }
  const tau = tauStatistic(fit.residuals, 'none', lags, choose);
  if (tau.why !== undefined) return { why: tau.why };
  return {
    statistic: tau.statistic,
    p: tauP(tau.statistic, deterministic, k + 1),
    critical: tauCriticalValues(deterministic, n - 1, k + 1),
    lags: tau.lags,
    coefficients: fit.coefficients.slice(0, k),
    terms: fit.coefficients.slice(k),
    residuals: fit.residuals,
  };
}
