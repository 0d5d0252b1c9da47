import { qr, transposedTimesVector } from '../../linear-algebra/index.ts';
import { type LinearRegression, ordinaryLeastSquares } from '../../regression/index.ts';
import type { Fitted } from '../fitted.ts';
import { putTerms, termCount } from './deterministic-terms.ts';
import { type CriticalValues, tauCriticalValues, tauP } from './mackinnon.ts';
import type { Deterministic } from './mackinnon-tables.ts';

/** How the regression is made up. */
export interface DickeyFullerOptions {
  /** `constant` if not given. */
  readonly deterministic?: Deterministic;
  /** The number of lags, or the most to choose among; ⌈12 (n ÷ 100)^¼⌉, at most n/2 − terms − 1, if not given. */
  readonly lags?: number;
  /** How the lags are chosen; by AIC if not given, `fixed` takes them as they are. */
  readonly choose?: 'aic' | 'bic' | 't-statistic' | 'fixed';
}

/** The outcome of the test. */
export interface DickeyFuller {
  /** τ: the t statistic of the level. */
  readonly statistic: number;
  readonly p: number;
  readonly critical: CriticalValues | null;
  readonly lags: number;
  /** Rows of the regression. */
  readonly n: number;
}

/**
 * The augmented Dickey–Fuller test of the hypothesis that a series has a unit root, by the t
 * statistic of γ in
 *
 *   Δx_t = γ x_{t−1} + Σ_{i≤k} δ_i Δx_{t−i} + terms + e_t
 *
 * The lags are chosen on the rows that the longest allows, and the regression then run on all rows.
 * The conventions are those of statsmodels' `adfuller`.
 *
 * @param x The series, finite, shape [n].
 * @returns the outcome, or why there is none: too few values, gaps, or no variation.
 *
 * Cost: O(n k²). Source: David Dickey and Wayne Fuller, Distribution of the estimators for
 * autoregressive time series with a unit root, 1979; Said Said and David Dickey, 1984; p-values of
 * MacKinnon, 1994.
 */
export function dickeyFuller(
  x: Float64Array,
  { deterministic = 'constant', lags, choose = 'aic' }: DickeyFullerOptions = {},
): Fitted<DickeyFuller> {
  const found = tauStatistic(x, deterministic, lags, choose);
  if (found.why !== undefined) return found;
  const { statistic, n } = found;
  return {
    ...found,
    p: tauP(statistic, deterministic),
    critical: tauCriticalValues(deterministic, n),
  };
}

/** τ with the lags and rows it rests on, before it is held against a distribution. */
export function tauStatistic(
  x: Float64Array,
  deterministic: Deterministic,
  lags: number | undefined,
  choose: NonNullable<DickeyFullerOptions['choose']>,
): Fitted<{ readonly statistic: number; readonly lags: number; readonly n: number }> {
  const n = x.length;
  if (!x.every(Number.isFinite)) return { why: 'the series has gaps' };
  const most = Math.floor(n / 2) - termCount(deterministic) - 1;
  const asked = lags ?? Math.min(Math.ceil(12 * (n / 100) ** 0.25), most);
  if (most < 0 || asked > most) {
    return { why: `${n} values are too few for ${lags ?? 0} lags` };
  }
  if (x.every((each) => each === x[0])) return { why: 'the series does not vary' };
  const used = choose === 'fixed' ? asked : chosenLags(x, deterministic, asked, choose);
  const fit = regression(x, deterministic, used);
  const statistic = fit.t[0];
  let changes = 0;
  for (let t = 1; t < n; t++) changes += (x[t] - x[t - 1]) ** 2;
  if (!Number.isFinite(statistic) || !(fit.residualSumOfSquares > 1e-24 * changes)) {
    return { why: 'the series is fitted exactly by its own past' };
  }
  return { statistic, lags: used, n: fit.n };
}

/**
 * The models with 0 … most lags are nested: one factorisation of the longest, its lags last, tells
 * the residual sum of squares of each, yᵀy − Σ (q_jᵀy)², and the t statistic of its last lag.
 */
function chosenLags(
  x: Float64Array,
  deterministic: Deterministic,
  most: number,
  choose: 'aic' | 'bic' | 't-statistic',
): number {
  const terms = termCount(deterministic);
  const rows = x.length - 1 - most;
  const columns = terms + 1 + most;
  const data = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const t = most + 1 + i;
    y[i] = x[t] - x[t - 1];
    const row = data.subarray(i * columns, (i + 1) * columns);
    putTerms(row, 0, i + 1, deterministic);
    row[terms] = x[t - 1];
    for (let j = 1; j <= most; j++) row[terms + j] = x[t - j] - x[t - j - 1];
  }
  const { q } = qr({ rows, columns, data });
  const shares = transposedTimesVector(q, y);
  // Residuals themselves, not a difference of sums, which would lose digits of a close fit.
  const left = Float64Array.from(y);
  const take = (j: number): number => {
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      left[i] -= q.data[i * columns + j] * shares[j];
      squares += left[i] * left[i];
    }
    return squares;
  };
  for (let j = 0; j < terms; j++) take(j);
  let best = Number.POSITIVE_INFINITY;
  let chosen = 0;
  for (let lags = 0; lags <= most; lags++) {
    const squares = take(terms + lags);
    const k = terms + 1 + lags;
    if (choose === 't-statistic') {
      const t = shares[terms + lags] / Math.sqrt(squares / (rows - k));
      if (lags > 0 && Math.abs(t) >= 1.6448536269514722) chosen = lags;
      continue;
    }
    const value = rows * Math.log(squares / rows) + k * (choose === 'aic' ? 2 : Math.log(rows));
    if (value < best) {
      best = value;
      chosen = lags;
    }
  }
  return chosen;
}

/** Level, lagged changes, then terms. */
function regression(x: Float64Array, deterministic: Deterministic, lags: number): LinearRegression {
  const rows = x.length - 1 - lags;
  const columns = 1 + lags + termCount(deterministic);
  const data = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const t = lags + 1 + i;
    y[i] = x[t] - x[t - 1];
    const row = data.subarray(i * columns, (i + 1) * columns);
    row[0] = x[t - 1];
    for (let j = 1; j <= lags; j++) row[j] = x[t - j] - x[t - j - 1];
    putTerms(row, 1 + lags, i + 1, deterministic);
  }
  return ordinaryLeastSquares({ rows, columns, data }, y);
}
