import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  type Matrix,
  matrix,
  multiply,
  multiplyTransposed,
  solve,
  transpose,
} from '@plimsoll/quant/linear-algebra';
import { longRunSum, neweyWestLag, solveColumns } from '@plimsoll/quant/regression';
import { columnMeans, variance } from '@plimsoll/quant/statistics';
import { centred, sampleCovariance } from '../covariance/sample.ts';
import { type FactorReturns, whyCollinear, withConstant } from './factor-regression.ts';

/** What the market paid for exposure to each factor. The constant stands first, shape [k + 1] each. */
export interface FamaMacBeth {
  /** Mean of the cross-sectional slopes, per period. */
  readonly premiums: Float64Array;
  /** Deviation of the slopes ÷ √T. */
  readonly standardErrors: Float64Array;
  readonly t: Float64Array;
  /** Corrected for autocorrelation of the slopes. */
  readonly neweyWestErrors: Float64Array;
  /** Corrected for betas being estimates. */
  readonly shankenErrors: Float64Array;
  /** 1 + λᵀ Σ_f⁻¹ λ. */
  readonly shankenFactor: number;
  /** Betas of the first pass, row-major [N × k]. */
  readonly betas: Matrix;
  /** Slopes by period, row-major [T × (k + 1)]. */
  readonly slopes: Matrix;
  /** Mean R² of the cross-sections. */
  readonly meanR2: number;
  readonly lags: number;
}

/**
 * Two passes: betas of each instrument from its own history, then in each period t a cross-section
 * of returns on those betas, rᵢ(t) = λ₀(t) + Σ λ_k(t) β_ik + uᵢ(t). The premium is the mean of λ(t):
 *
 *   Fama–MacBeth   se² = Var(λ(t)) ÷ T, ddof 1
 *   Newey–West     se² = long-run sum of λ(t) − λ̄ with Bartlett's weights ÷ T²
 *   Shanken        se² = (1 + c)(se²_FM − Σ_f,kk ÷ T) + Σ_f,kk ÷ T, c = λᵀ Σ_f⁻¹ λ; for the
 *                  constant (1 + c) se²_FM; Σ_f the sample covariance of factors, ddof 1
 *
 * @param excess returns less the risk-free rate, row-major [T × N], finite.
 * @param factors shape [T × k].
 * @param lags of Newey–West; ⌊4 (T ÷ 100)^(2/9)⌋ if not given.
 * @returns the premiums. Refused: N ≤ k + 1 instruments, T < k + 3 periods, collinear factors by name,
 *   and betas that are collinear across instruments. Cost 12·T·N·k.
 *
 * **Source:** Eugene Fama, James MacBeth, Risk, return, and equilibrium: empirical tests, 1973; Jay
 * Shanken, On the estimation of beta-pricing models, 1992; John Cochrane, Asset Pricing, 2005, §12.3.
 */
export function famaMacBeth(
  excess: Matrix,
  factors: FactorReturns,
  lags = neweyWestLag(excess.rows),
): Result<FamaMacBeth> {
  const { rows: periods, columns: instruments } = excess;
  const k = factors.names.length;
  if (instruments <= k + 1 || periods < k + 3) {
    return refuse({
      code: 'factors.too-few',
      detail: `${instruments} instruments over ${periods} periods cannot price ${k} factors; it takes ${k + 2} instruments and ${k + 3} periods.`,
    });
  }
  const collinear = whyCollinear(factors);
  if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
  const betas = firstPass(excess, factors.returns);
  const crossing = crossSections(excess, withConstant(betas));
  if (!crossing) {
    return refuse({
      code: 'factors.same-betas',
      detail: `The betas of the ${instruments} instruments to ${factors.names.join(', ')} are collinear, so their premiums cannot be told apart; leave a factor out or add instruments.`,
    });
  }
  const { slopes, meanR2 } = crossing;
  const premiums = columnMeans(slopes);
  const spread = sampleCovariance(slopes);
  const variances = premiums.map((_, j) => spread.data[j * (k + 2)] / periods);
  const ofFactors = sampleCovariance(factors.returns);
  const prices = solve(ofFactors, premiums.slice(1));
  const shankenFactor = prices
    ? prices.reduce((sum, each, j) => sum + each * premiums[j + 1], 1)
    : Number.NaN;
  const longRun = longRunSum(centred(slopes, premiums), lags);
  return ok({
    premiums,
    standardErrors: variances.map(Math.sqrt),
    t: premiums.map((each, j) => each / Math.sqrt(variances[j])),
    neweyWestErrors: premiums.map((_, j) => Math.sqrt(longRun.data[j * (k + 2)]) / periods),
    shankenErrors: variances.map((variance, j) => {
      const own = j === 0 ? 0 : ofFactors.data[(j - 1) * (k + 1)] / periods;
      return Math.sqrt(Math.max(0, shankenFactor * (variance - own) + own));
    }),
    shankenFactor,
    betas,
    slopes,
    meanR2,
    lags,
  });
}

function firstPass(excess: Matrix, factors: Matrix): Matrix {
  const { coefficients } = solveColumns(withConstant(factors), excess);
  const slopes = coefficients.data.subarray(excess.columns);
  return transpose(matrix(factors.columns, excess.columns, slopes));
}

/**
 * λ(t) = (ZᵀZ)⁻¹Zᵀr(t) of all periods at once, with a step of refinement; by rows, since the panel is
 * too large to be turned for less than it takes to multiply it.
 */
function crossSections(
  excess: Matrix,
  design: Matrix,
): { readonly slopes: Matrix; readonly meanR2: number } | null {
  const { rows: periods, columns: instruments, data } = excess;
  const { inverseGram } = solveColumns(design, matrix(instruments, 1));
  if (!inverseGram) return null;
  const slopes = multiply(multiply(excess, design), inverseGram);
  const left = multiplyTransposed(slopes, design);
  let meanR2 = 0;
  for (let t = 0; t < periods; t++) {
    const row = t * instruments;
    let unexplained = 0;
    for (let i = row; i < row + instruments; i++) {
      left.data[i] = data[i] - left.data[i];
      unexplained += left.data[i] * left.data[i];
    }
    const total = variance(data.subarray(row, row + instruments)) * (instruments - 1);
    meanR2 += total > 0 ? (1 - unexplained / total) / periods : 0;
  }
  const more = multiply(multiply(left, design), inverseGram);
  for (let at = 0; at < more.data.length; at++) slopes.data[at] += more.data[at];
  return { slopes, meanR2 };
}
