import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  columnOf,
  dot,
  leastSquares,
  type Matrix,
  matrix,
  solve,
  timesVector,
} from '@plimsoll/quant/linear-algebra';
import { leastVariance, type ReturnMoments } from './components.ts';

/**
 * The slope of each column's returns on a factor's, by ordinary least squares with an intercept:
 * β_j = Σ (r_j − r̄_j)(f − f̄) ÷ Σ (f − f̄)².
 *
 * @param returns Shape [n × columns].
 * @param factor Shape [n].
 * @returns shape [columns]; refused where the factor does not vary.
 */
export function betasTo(returns: Matrix, factor: Float64Array): Result<Float64Array> {
  const { rows: n, columns, data } = returns;
  const average = factor.reduce((sum, each) => sum + each, 0) / n;
  const centred = factor.map((each) => each - average);
  const spread = dot(centred, centred);
  if (!(spread > 1e-28 * n)) {
    return refuse({
      code: 'risk.no-spread',
      detail: `The factor does not vary over ${n} returns, so that nothing can have a beta to it.`,
    });
  }
  const betas = new Float64Array(columns);
  for (let t = 0; t < n; t++) {
    for (let j = 0; j < columns; j++) betas[j] += centred[t] * data[t * columns + j];
  }
  return ok(betas.map((each) => each / spread));
}

/**
 * Betas of each column to several factors at once, by least squares with an intercept.
 *
 * @param returns Shape [n × columns]; `factors` shape [n × k].
 * @returns shape [columns × k]; refused where factors are collinear or n ≤ k + 1.
 */
export function jointBetas(returns: Matrix, factors: Matrix): Result<Matrix> {
  const { rows: n, columns } = returns;
  const k = factors.columns;
  const design = matrix(n, k + 1);
  for (let t = 0; t < n; t++) {
    design.data[t * (k + 1)] = 1;
    for (let f = 0; f < k; f++) design.data[t * (k + 1) + f + 1] = factors.data[t * k + f];
  }
  const betas = matrix(columns, k);
  for (let j = 0; j < columns; j++) {
    const fit = leastSquares(design, columnOf(returns, j));
    if (n <= k + 1 || fit.rank < k + 1) {
      return refuse({
        code: 'risk.collinear',
        detail: `${n} returns do not tell ${k} factors apart; leave out factors that move together.`,
      });
    }
    for (let f = 0; f < k; f++) betas.data[j * k + f] = fit.x[f + 1];
  }
  return ok(betas);
}

/**
 * What all returns are expected to be, given some of them (a factor can be one of the columns):
 *
 *   E[r | r_S = s] = μ + Σ_{·S} Σ_{SS}⁻¹ (s − μ_S)
 *
 * @param shocked Places of the columns that are given, and `values` what they are.
 * @param moments Of the same period as the shock, or with mean 0 for a shock of another length.
 * @returns shape [columns], the given ones as given; refused where the given ones are collinear.
 *
 * **Source:** P. Kupiec, Stress testing in a value at risk framework, 1998.
 */
export function conditionalReturns(
  { mean, covariance }: ReturnMoments,
  shocked: readonly number[],
  values: readonly number[],
): Result<Float64Array> {
  const n = mean.length;
  const k = shocked.length;
  const inner = matrix(
    k,
    k,
    Float64Array.from({ length: k * k }, (_, at) => {
      const row = shocked[Math.floor(at / k)];
      return covariance.data[row * n + shocked[at % k]];
    }),
  );
  const apart = Float64Array.from(shocked, (column, i) => values[i] - mean[column]);
  const solved = solve(inner, apart);
  if (!solved) {
    return refuse({
      code: 'risk.collinear',
      detail: `The ${k} shocked columns move together or not at all, so that not each can be given; shock fewer.`,
    });
  }
  const expected = Float64Array.from({ length: n }, (_, i) => {
    let sum = mean[i];
    for (let f = 0; f < k; f++) sum += covariance.data[i * n + shocked[f]] * solved[f];
    return sum;
  });
  shocked.forEach((column, i) => {
    expected[column] = values[i];
  });
  return ok(expected);
}

export interface ReverseStress {
  /** The return of each instrument in the likeliest scenario that loses that much. */
  readonly returns: Float64Array;
  /** What each holding loses of it, a share of value; these sum to the loss. */
  readonly losses: Float64Array;
  /** Mahalanobis distance: how many standard deviations away the scenario is. */
  readonly distance: number;
}

/**
 * The likeliest of all scenarios in which the portfolio loses L: the nearest to the mean by
 * Mahalanobis distance on the plane wᵀr = −L,
 *
 *   r = μ + Σw (−L − wᵀμ) ÷ wᵀΣw      distance = |L + wᵀμ| ÷ √(wᵀΣw)
 *
 * @param loss L, a positive share, over the period of the moments.
 * @returns refused where the portfolio has no volatility: nothing can make it lose that.
 *
 * **Source:** T. Breuer, M. Jandačka, K. Rheinberger, M. Summer, How to find plausible, severe and
 * useful stress scenarios, 2009 (elliptical case).
 */
export function reverseStress(
  weights: Float64Array,
  { mean, covariance }: ReturnMoments,
  loss: number,
): Result<ReverseStress> {
  const towards = timesVector(covariance, weights);
  const variance = dot(weights, towards);
  if (!(variance > leastVariance)) {
    return refuse({
      code: 'risk.riskless',
      detail: 'The portfolio has no volatility, so that no scenario makes it lose anything.',
    });
  }
  const far = -loss - dot(weights, mean);
  const returns = towards.map((each, i) => mean[i] + (each * far) / variance);
  return ok({
    returns,
    losses: returns.map((each, i) => -weights[i] * each),
    distance: Math.abs(far) / Math.sqrt(variance),
  });
}

/**
 * How often over a scenario must happen for the portfolio to lose that much: L ÷ (−wᵀs).
 *
 * @returns null where the scenario is no loss at all.
 */
export function scenarioMultiple(
  weights: Float64Array,
  scenario: Float64Array,
  loss: number,
): number | null {
  const lost = -dot(weights, scenario);
  return lost > 0 ? loss / lost : null;
}
