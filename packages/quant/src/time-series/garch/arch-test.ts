import { chiSquareSf } from '../../distributions/index.ts';
import { ordinaryLeastSquares } from '../../regression/index.ts';
import type { Fitted } from '../fitted.ts';

/** The outcome of the test. */
export interface ArchTest {
  /** n R², χ² with `lags` degrees where the variance does not depend on the past. */
  readonly statistic: number;
  readonly p: number;
  readonly lags: number;
}

/**
 * Engle's test of the hypothesis that squares do not depend on past squares: n R² of the regression of
 * e²_t on a constant and e²_{t−1} … e²_{t−lags}.
 *
 * @param e Residuals of mean 0, finite, shape [n].
 * @param lags 1 or more.
 *
 * Source: Robert Engle, Autoregressive conditional heteroscedasticity with estimates of the variance of
 * United Kingdom inflation, 1982.
 */
export function archTest(e: Float64Array, lags: number): Fitted<ArchTest> {
  const rows = e.length - lags;
  const columns = lags + 1;
  if (!(lags >= 1 && rows > columns))
    return { why: `${e.length} values are too few for ${lags} lags` };
  if (!e.every(Number.isFinite)) return { why: 'the series has gaps' };
  const data = new Float64Array(rows * columns);
  for (let t = 0; t < rows; t++) {
    data[t * columns] = 1;
    for (let j = 1; j <= lags; j++) data[t * columns + j] = e[lags + t - j] ** 2;
  }
  const y = Float64Array.from({ length: rows }, (_, t) => e[lags + t] ** 2);
  const { r2, dependent } = ordinaryLeastSquares({ rows, columns, data }, y);
  if (dependent.length > 0 || Number.isNaN(r2)) return { why: 'the squares do not vary' };
  const statistic = rows * r2;
  return { statistic, p: chiSquareSf(statistic, lags), lags };
}
