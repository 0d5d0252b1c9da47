import { gram, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { centred, scaled } from './sample.ts';

/** How an exponentially weighted covariance is formed. */
export interface ExponentialOptions {
  /** λ, the weight of a period in relation to the one after it, in (0, 1). RiskMetrics: 0.94 a day. */
  readonly decay: number;
  /**
   * `first`: the recursion S₀ = r₀r₀ᵀ, Sₜ = λSₜ₋₁ + (1 − λ)rₜrₜᵀ (pandas `adjust=False`).
   * `normalised`: weights λᵀ⁻¹⁻ᵗ divided by their sum (pandas `adjust=True`).
   */
  readonly weights: 'first' | 'normalised';
  /** What is taken off each return: nothing, its plain mean, or its weighted mean. */
  readonly centre: 'zero' | 'mean' | 'weighted-mean';
  /** Multiplies by 1 ÷ (1 − Σw²), as pandas `ewm.cov(bias=False)`. */
  readonly unbiased: boolean;
}

/** The conventions of tools, all with the caller's decay. */
export const exponentialConventions = {
  /** J.P. Morgan's: zero mean, the recursion. */
  riskmetrics: { weights: 'first', centre: 'zero', unbiased: false },
  /** pandas 1.5 `DataFrame.ewm(…).cov()`. */
  pandas: { weights: 'normalised', centre: 'weighted-mean', unbiased: true },
  /** PyPortfolioOpt 1.5.6 `exp_cov`: the mean of the whole sample is taken off. */
  pyportfolioopt: { weights: 'normalised', centre: 'mean', unbiased: false },
} as const satisfies Record<string, Omit<ExponentialOptions, 'decay'>>;

/** λ of a span in periods: 1 − 2/(span + 1). */
export const decayOfSpan = (span: number): number => 1 - 2 / (span + 1);

/** λ of a half-life in periods: ½^(1/halfLife). */
export const decayOfHalfLife = (halfLife: number): number => 0.5 ** (1 / halfLife);

/**
 * Weights of T periods, the latest last, that sum to 1.
 *
 * @param decay λ in (0, 1).
 */
export function exponentialWeights(
  periods: number,
  decay: number,
  kind: ExponentialOptions['weights'],
): Float64Array {
  const weights = Float64Array.from({ length: periods }, (_, t) => decay ** (periods - 1 - t));
  if (kind === 'first') {
    return weights.map((weight, t) => (t === 0 ? weight : (1 - decay) * weight));
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Exponentially weighted covariance per period after the last observation:
 *
 *   S = c · Σₜ wₜ (rₜ − m)(rₜ − m)ᵀ,   Σ wₜ = 1,   c = 1 or 1 ÷ (1 − Σ wₜ²)
 *
 * Positive semi-definite always. Cost T·n².
 *
 * **Source:** J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th ed. 1996, §5.2; pandas 1.5
 * `ewm` for the weights by span and half-life.
 *
 * @param returns shape [T × n], finite, oldest first; T ≥ 2 where `unbiased`.
 */
export function exponentialCovariance(returns: Matrix, options: ExponentialOptions): Matrix {
  const { rows, columns } = returns;
  const weights = exponentialWeights(rows, options.decay, options.weights);
  const around = centred(returns, centreOf(returns, weights, options.centre));
  const weighted = matrix(rows, columns);
  for (let t = 0; t < rows; t++) {
    const root = Math.sqrt(weights[t]);
    for (let i = 0; i < columns; i++) {
      weighted.data[t * columns + i] = root * around.data[t * columns + i];
    }
  }
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return scaled(gram(weighted), options.unbiased ? 1 / (1 - squares) : 1);
}

function centreOf(
  returns: Matrix,
  weights: Float64Array,
  centre: ExponentialOptions['centre'],
): Float64Array {
  if (centre === 'mean') return columnMeans(returns);
  const means = new Float64Array(returns.columns);
  if (centre === 'zero') return means;
  for (let t = 0; t < returns.rows; t++) {
    for (let i = 0; i < returns.columns; i++) {
      means[i] += weights[t] * returns.data[t * returns.columns + i];
    }
  }
  return means;
}
