import { type Random, seededRandom } from '@plimsoll/kernel';
import {
  cholesky,
  dot,
  type Matrix,
  matrix,
  multiplyTransposed,
  symmetricEigen,
  transposedTimesVector,
} from '@plimsoll/quant/linear-algebra';
import { selectKth } from '@plimsoll/quant/statistics';
import type { ReturnMoments } from './components.ts';
import { fillNormals, normalStream } from './normal-draws.ts';
import type { Moments } from './parametric.ts';
import { type TailRisk, tailOf } from './tail-risk.ts';

/** How many scenarios are drawn, and from where. */
export interface SimulationOptions {
  readonly paths: number;
  /** The same seed gives the same bits. */
  readonly seed: number;
  /** Periods that holdings are left alone, growing by each return; 1 if not given. */
  readonly periods?: number;
  /** Whether scenarios come in pairs of opposite shocks, which makes means exact; false if not given. */
  readonly antithetic?: boolean;
}

/** Joint returns of instruments that can be drawn. */
export interface ReturnModel {
  readonly instruments: number;
  /**
   * Draws scenarios: from shocks [rows × instruments] (standard normals, not to be kept) to returns
   * of the same shape, written into `into`. `random` is for whatever else it needs, once a row, and
   * rows of a pair share it.
   */
  returns(shocks: Matrix, into: Matrix, random: Random, paired: boolean): void;
  /**
   * Where returns are linear in the shocks: what a portfolio's return is made of, constant +
   * exposuresᵀ shocks. Its scenarios then need no return of any instrument.
   */
  readonly linear?: (weights: Float64Array) => {
    readonly constant: number;
    readonly exposures: Float64Array;
  };
}

/** Rows drawn at a time: small enough to stay in the cache. */
const block = 1024;

/**
 * Portfolio returns over drawn scenarios of every instrument: Σ w_i r_i, or over several periods
 * Σ w_i (Π (1 + r_i) − 1), holdings left alone and worth nothing at worst.
 *
 * @param weights Shape [instruments].
 * @returns shape [paths], in the order drawn; memory beyond it is one block.
 */
export function simulatePortfolio(
  weights: Float64Array,
  model: ReturnModel,
  { paths, seed, antithetic = false, periods = 1 }: SimulationOptions,
): Float64Array {
  const random = seededRandom(seed);
  const normals = normalStream(random);
  const width = model.instruments;
  const outcome = new Float64Array(paths);
  const shocks = matrix(block, width);
  const returns = matrix(block, width);
  const growth = periods > 1 ? new Float64Array(block * width) : undefined;
  const linear = periods === 1 ? model.linear?.(weights) : undefined;
  const drawn = antithetic ? shocks.data.subarray(0, (block / 2) * width) : shocks.data;
  const draw = (): void => {
    fillNormals(drawn, normals);
    if (antithetic) mirror(shocks.data, width);
    if (!linear) model.returns(shocks, returns, random, antithetic);
  };
  for (let from = 0; from < paths; from += block) {
    draw();
    if (growth) growOver(periods, growth, returns.data, draw);
    const into = outcome.subarray(from, from + Math.min(block, paths - from));
    if (linear) weighted(shocks.data, linear.exposures, linear.constant, into);
    else weighted(returns.data, weights, 0, into);
  }
  return outcome;
}

/** constant + Σ_j weight_j value_ij for each row i of `into`. */
function weighted(
  values: Float64Array,
  weights: Float64Array,
  constant: number,
  into: Float64Array,
): void {
  const width = weights.length;
  for (let row = 0, at = 0; row < into.length; row++) {
    let sum = constant;
    for (let j = 0; j < width; j++, at++) sum += weights[j] * values[at];
    into[row] = sum;
  }
}

/** Compounds further periods onto the returns of the first one. */
function growOver(
  periods: number,
  growth: Float64Array,
  returns: Float64Array,
  draw: () => void,
): void {
  growth.fill(1);
  for (let period = 1; ; period++) {
    for (let at = 0; at < growth.length; at++) growth[at] *= Math.max(0, 1 + returns[at]);
    if (period === periods) break;
    draw();
  }
  for (let at = 0; at < growth.length; at++) returns[at] = growth[at] - 1;
}

/** Spreads the first half of the rows to the even places, with their opposites after each. */
function mirror(data: Float64Array, width: number): void {
  for (let row = block / 2 - 1; row >= 0; row--) {
    for (let j = 0; j < width; j++) {
      const shock = data[row * width + j];
      data[2 * row * width + j] = shock;
      data[(2 * row + 1) * width + j] = -shock;
    }
  }
}

/**
 * Joint normal returns: r = μ + L z with L Lᵀ = Σ, by Cholesky, or by eigenvectors where Σ is
 * singular.
 */
export function normalModel({ mean, covariance }: ReturnMoments): ReturnModel {
  const root = rootOf(covariance);
  return {
    instruments: mean.length,
    linear: (weights) => ({
      constant: dot(weights, mean),
      exposures: transposedTimesVector(root, weights),
    }),
    returns: (shocks, into) => {
      const { data } = multiplyTransposed(shocks, root);
      const width = mean.length;
      for (let row = 0; row < data.length; row += width) {
        for (let j = 0; j < width; j++) into.data[row + j] = data[row + j] + mean[j];
      }
    },
  };
}

/** A matrix A with A Aᵀ = the given positive semi-definite one. */
export function rootOf(covariance: Matrix): Matrix {
  const lower = cholesky(covariance);
  if (lower) return lower;
  const { values, vectors } = symmetricEigen(covariance);
  const n = covariance.rows;
  return matrix(
    n,
    n,
    vectors.data.map((each, at) => each * Math.sqrt(Math.max(values[at % n], 0))),
  );
}

/**
 * The same portfolio drawn as the one normal number that it is: wᵀμ + √(wᵀΣw) z. Equal in
 * distribution to `simulatePortfolio` of a `normalModel`, at a cost without the instruments.
 */
export function simulateCollapsed(
  { mean, volatility }: Moments,
  { paths, seed, antithetic = false }: SimulationOptions,
): Float64Array {
  const outcome = new Float64Array(paths);
  const half = antithetic ? Math.ceil(paths / 2) : paths;
  fillNormals(outcome.subarray(0, half), normalStream(seededRandom(seed)));
  for (let i = half; i < paths; i++) outcome[i] = mean - volatility * outcome[i - half];
  for (let i = 0; i < half; i++) outcome[i] = mean + volatility * outcome[i];
  return outcome;
}

export interface SimulatedTail extends TailRisk {
  /** Between these the true VaR lies with a probability of 95 %, by order statistics. */
  readonly low: number;
  readonly high: number;
}

/**
 * VaR (type 7) and CVaR (exact share) of drawn returns without sorting them all, and how far chance
 * may have moved the VaR: the ranks nα ± 1.96 √(nα(1 − α)).
 *
 * @param returns Shape [n], n ≥ 1; **reordered**.
 * @param level 0.95 for 95 %.
 *
 * **Source:** P. Glasserman, Monte Carlo Methods in Financial Engineering, 2003, §9.1.
 */
export function simulatedTail(returns: Float64Array, level: number): SimulatedTail {
  const n = returns.length;
  const tail = tailOf(level);
  const share = n * tail;
  const width = 1.96 * Math.sqrt(share * (1 - tail));
  const upper = Math.min(n - 1, Math.ceil(share + width));
  selectKth(returns, upper);
  const worst = returns.subarray(0, upper + 1).sort();
  const place = (n - 1) * tail;
  const whole = Math.min(Math.floor(place), upper);
  const next = Math.min(whole + 1, upper);
  const boundary = worst[whole] + (place - whole) * (worst[next] - worst[whole]);
  const full = Math.min(Math.floor(share + 1e-9), n - 1);
  let sum = Math.max(share - full, 0) * worst[full];
  for (let i = 0; i < full; i++) sum += worst[i];
  return {
    valueAtRisk: -boundary,
    cvar: -sum / share,
    low: -worst[upper],
    high: -worst[Math.max(0, Math.floor(share - width) - 1)],
  };
}

/**
 * The standard error of a simulated quantile: √(α (1 − α) ÷ n) ÷ f, f the density there.
 *
 * **Source:** Glasserman, 2003, §9.1.
 */
export const quantileStandardError = (tail: number, paths: number, density: number): number =>
  Math.sqrt((tail * (1 - tail)) / paths) / density;
