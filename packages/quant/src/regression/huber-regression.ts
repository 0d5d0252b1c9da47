import type { Matrix } from '../linear-algebra/matrix.ts';
import { median } from '../statistics/quantile.ts';
import { type LinearRegression, ordinaryLeastSquares } from './ordinary-least-squares.ts';

/** A regression that outliers pull little. */
export interface HuberRegression {
  /** The last weighted fit: its coefficients are the answer; its errors treat the weights as given. */
  readonly fit: LinearRegression;
  /** Of each observation, 1 where it counts in full, shape [n]. */
  readonly weights: Float64Array;
  /** Median of |e| ÷ 0.6745. */
  readonly scale: number;
  readonly converged: boolean;
  readonly rounds: number;
}

/** Φ⁻¹(¾): the median of |e| of a normal deviation of 1. */
const normalQuartile = 0.6744897501960817;

/**
 * Huber's M-estimate by reweighted least squares: weight 1 where |e| ≤ c s, else c s ÷ |e|, with the
 * scale s = median |e| ÷ Φ⁻¹(¾) taken anew each round.
 *
 * @param x [n × k] with its constant, finite. @param y shape [n].
 * @param threshold c; 1.345 if not given, which is 95 % efficient under normal errors.
 * @returns the fit; least squares itself where more than half of the residuals are 0. Cost of one
 *   least squares a round.
 *
 * **Source:** Peter Huber, Robust estimation of a location parameter, 1964; Paul Holland, Roy Welsch,
 * Robust regression using iteratively reweighted least-squares, 1977; scale as statsmodels' `RLM`.
 */
export function huberRegression(x: Matrix, y: Float64Array, threshold = 1.345): HuberRegression {
  const n = y.length;
  const weights = new Float64Array(n).fill(1);
  let fit = ordinaryLeastSquares(x, y);
  let size = 0;
  for (const each of y) size = Math.max(size, Math.abs(each));
  for (let rounds = 1; rounds <= 500; rounds++) {
    const scale = median(fit.residuals.map(Math.abs)) / normalQuartile;
    // Residuals of rounding alone: the fit is exact for most and there is nothing to weigh.
    if (!(scale > 1e-14 * size)) return { fit, weights, scale, converged: true, rounds };
    for (let i = 0; i < n; i++) {
      const away = Math.abs(fit.residuals[i]);
      weights[i] = away <= threshold * scale ? 1 : (threshold * scale) / away;
    }
    const next = ordinaryLeastSquares(x, y, { weights });
    let moved = 0;
    for (let i = 0; i < n; i++) moved = Math.max(moved, Math.abs(next.fitted[i] - fit.fitted[i]));
    fit = next;
    if (moved <= 1e-12 * scale) return { fit, weights, scale, converged: true, rounds };
  }
  const scale = median(fit.residuals.map(Math.abs)) / normalQuartile;
  return { fit, weights, scale, converged: false, rounds: 500 };
}
