import { ordinaryLeastSquares } from '../../regression/index.ts';
import type { Fitted } from '../fitted.ts';

/** How fast a series comes back to its mean. */
export interface MeanReversion {
  /** Steps in which half of a deviation is gone: −ln 2 ÷ ln(1 + λ). */
  readonly halfLife: number;
  /** λ of Δx_t = c + λ x_{t−1} + e_t; between −1 and 0. */
  readonly speed: number;
  readonly standardError: number;
  /** −c ÷ λ: where it comes back to. */
  readonly mean: number;
}

/**
 * The half-life of deviations from the mean, by the regression Δx_t = c + λ x_{t−1} + e_t.
 *
 * @param x Finite, shape [n], n ≥ 5.
 * @returns the half-life, or why there is none: where λ is 0 or more the series does not come back,
 *   where it is −1 or less it overshoots within a step.
 *
 * Source: the discrete Ornstein–Uhlenbeck process; Ernest Chan, Algorithmic Trading, 2013, chapter 2
 * (who takes −ln 2 ÷ λ, its limit for slow reversion).
 */
export function meanReversion(x: Float64Array): Fitted<MeanReversion> {
  const n = x.length - 1;
  if (n < 4) return { why: `${x.length} values are too few, 5 are needed` };
  if (!x.every(Number.isFinite)) return { why: 'the series has gaps' };
  const data = new Float64Array(2 * n);
  for (let t = 0; t < n; t++) {
    data[2 * t] = x[t];
    data[2 * t + 1] = 1;
  }
  const y = Float64Array.from({ length: n }, (_, t) => x[t + 1] - x[t]);
  const fit = ordinaryLeastSquares({ rows: n, columns: 2, data }, y);
  const [speed, constant] = fit.coefficients;
  if (fit.dependent.length > 0) return { why: 'the series does not vary' };
  if (!(speed < 0)) return { why: 'the series does not come back to a mean' };
  if (speed <= -1) return { why: 'the series overshoots its mean within a step' };
  return {
    halfLife: -Math.LN2 / Math.log1p(speed),
    speed,
    standardError: fit.standardErrors[0],
    mean: -constant / speed,
  };
}
