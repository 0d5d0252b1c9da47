import { ok, type Result, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { solveQuadratic } from '@plimsoll/quant/solver';
import { sampleCovariance } from '../covariance/sample.ts';
import { type FactorReturns, whyCollinear } from './factor-regression.ts';

/** The mix of indices that moves most like a portfolio. */
export interface Style {
  /** Between 0 and 1, shape [k], sum 1. */
  readonly weights: Float64Array;
  /** 1 − Var(r − Σ w f) ÷ Var(r): how much of the movement is style. */
  readonly r2: number;
  /** r − Σ w f by period, shape [n]: what selection added. */
  readonly selection: Float64Array;
  /** Deviation of the selection, ddof 1, per period. */
  readonly trackingError: number;
}

/**
 * Returns-based style: the weights w ≥ 0, Σ w = 1 of indices that minimise Var(r − Σ w_k f_k). Not the
 * sum of squares: what the portfolio earned beyond the mix is selection and not forced to be small.
 *
 * @param returns of the portfolio, fractions per period, shape [n].
 * @param indices returns of what a portfolio could hold, [n × k]; not long-short factors.
 * @returns the style. Refused: n < k + 2, collinear indices by name, a portfolio that does not vary.
 *   Cost n·k² and some steps of k².
 *
 * **Source:** William Sharpe, Asset allocation: management style and performance measurement, Journal
 * of Portfolio Management, 1992.
 */
export function styleAnalysis(returns: Float64Array, indices: FactorReturns): Result<Style> {
  const { rows: n, columns: k, data } = indices.returns;
  if (n < k + 2) {
    return refuse({
      code: 'factors.too-few',
      detail: `${n} periods cannot tell ${k} indices apart; give ${k + 2} or more.`,
    });
  }
  const collinear = whyCollinear(indices);
  if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
  // The portfolio as a further column, so that one covariance holds all that is needed.
  const all = matrix(n, k + 1);
  for (let t = 0; t < n; t++) {
    all.data.set(data.subarray(t * k, (t + 1) * k), t * (k + 1));
    all.data[t * (k + 1) + k] = returns[t];
  }
  const spread = sampleCovariance(all);
  const variance = spread.data[k * (k + 2)];
  if (!(variance > 0)) {
    return refuse({
      code: 'factors.constant',
      detail: `The portfolio returned ${returns[0]} in every period; what does not vary has no style.`,
    });
  }
  const quadratic = matrix(k, k);
  const linear = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) quadratic.data[i * k + j] = spread.data[i * (k + 1) + j] / variance;
    linear[i] = -spread.data[i * (k + 1) + k] / variance;
  }
  const { status, x } = solveQuadratic({
    quadratic,
    linear,
    rows: matrix(1, k, new Float64Array(k).fill(1)),
    rowLower: Float64Array.of(1),
    rowUpper: Float64Array.of(1),
    lower: new Float64Array(k),
    upper: new Float64Array(k).fill(1),
  });
  if (status !== 'optimal') {
    return refuse({
      code: 'factors.no-style',
      detail: `The search for a style of ${k} indices ended as ${status}; the indices may be nearly collinear.`,
    });
  }
  const selection = returns.map((each, t) => {
    let mix = 0;
    for (let j = 0; j < k; j++) mix += x[j] * data[t * k + j];
    return each - mix;
  });
  const left = sampleCovariance(matrix(n, 1, selection)).data[0];
  return ok({ weights: x, r2: 1 - left / variance, selection, trackingError: Math.sqrt(left) });
}
