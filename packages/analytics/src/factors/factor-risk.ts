import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  dot,
  inverseSpd,
  type Matrix,
  matrix,
  multiply,
  timesVector,
  transposedTimesVector,
} from '@plimsoll/quant/linear-algebra';
import type { FactorCovariance } from '../covariance/factor-covariance.ts';

/** A portfolio's volatility by factors and by what is specific to its holdings. */
export interface FactorRisk {
  /** σ = √(`factorVariance` + `specificVariance`). */
  readonly volatility: number;
  readonly factorVariance: number;
  readonly specificVariance: number;
  /** x = Bᵀw, shape [k]. */
  readonly exposures: Float64Array;
  /** x_k (Σ_f x)_k ÷ σ, shape [k]. */
  readonly factorParts: Float64Array;
  /** w_i² d_i ÷ σ, shape [n]. With `factorParts` they sum to σ. */
  readonly specificParts: Float64Array;
  /** w_i (B Σ_f x)_i ÷ σ, shape [n]: what each holding adds through the factors. */
  readonly holdingFactorParts: Float64Array;
}

/**
 * Splits the volatility of weights w under Σ = B Σ_f Bᵀ + D by Euler's theorem, σ being homogeneous of
 * degree one in exposures and weights: the parts add up to σ exactly but for rounding. For a tracking
 * error, give active weights.
 *
 * @param weights signed, shape [n].
 * @returns the parts. Refused: weights without risk. Cost n·k.
 *
 * **Source:** Gregory Connor, Lisa Goldberg, Robert Korajczyk, Portfolio Risk Analysis, 2010, chapter 3;
 * Dirk Tasche, Capital allocation to business units and sub-portfolios: the Euler principle, 2007.
 */
export function factorRisk(
  weights: Float64Array,
  { loadings, factors, specific }: FactorCovariance,
): Result<FactorRisk> {
  const exposures = transposedTimesVector(loadings, weights);
  const pull = timesVector(factors, exposures);
  const factorVariance = Math.max(0, dot(exposures, pull));
  const own = weights.map((weight, i) => weight * weight * specific[i]);
  const specificVariance = own.reduce((sum, each) => sum + each, 0);
  const volatility = Math.sqrt(factorVariance + specificVariance);
  if (!(volatility > 0)) {
    return refuse({
      code: 'factors.riskless',
      detail: 'The weights have no risk under this model, so there is nothing to split.',
    });
  }
  return ok({
    volatility,
    factorVariance,
    specificVariance,
    exposures,
    factorParts: exposures.map((each, k) => (each * pull[k]) / volatility),
    specificParts: own.map((each) => each / volatility),
    holdingFactorParts: timesVector(loadings, pull).map(
      (each, i) => (weights[i] * each) / volatility,
    ),
  });
}

/**
 * Portfolios that mimic factors: the weights W = D⁻¹B (BᵀD⁻¹B)⁻¹ with exposure 1 to their own factor,
 * 0 to the others, and the least specific risk. Column k is the portfolio of factor k, [n × k].
 *
 * @returns null where a holding has no specific risk or exposures are collinear. Cost n·k² + k³.
 *
 * **Source:** Gur Huberman, Shmuel Kandel, Robert Stambaugh, Mimicking portfolios and exact arbitrage
 * pricing, 1987.
 */
export function mimickingPortfolios({ loadings, specific }: FactorCovariance): Matrix | null {
  const { rows: n, columns: k } = loadings;
  if (!specific.every((each) => each > 0)) return null;
  const scaled = matrix(n, k);
  const normal = matrix(k, k);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) {
      const left = loadings.data[i * k + a] / specific[i];
      scaled.data[i * k + a] = left;
      for (let b = 0; b < k; b++) normal.data[a * k + b] += left * loadings.data[i * k + b];
    }
  }
  const inverse = inverseSpd(normal);
  return inverse && multiply(scaled, inverse);
}
