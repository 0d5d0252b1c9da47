import { ok, type Result, refuse } from '@plimsoll/kernel';
import { findRoot } from '@plimsoll/quant/minimise';
import { mean } from '@plimsoll/quant/statistics';

/** G(y) = 1 − (1 + ξ y ÷ β)^(−1/ξ) for y ≥ 0. */
export interface ParetoFit {
  /** ξ: above 0 the tail is thick, and moments of order 1/ξ and above are infinite. */
  readonly shape: number;
  /** β > 0, in the unit of y. */
  readonly scale: number;
  readonly logLikelihood: number;
}

/**
 * Maximum likelihood. With θ = ξ ÷ β the best shape is ξ(θ) = mean ln(1 + θ y), so one search along
 * θ finds both: the profile is scanned, and its slope's root refined to the last bits.
 *
 * @param excesses y, shape [k], ≥ 0, not all equal.
 * @returns refused where the likelihood has no maximum inside: ξ ≤ −1/2 (a bounded tail, whose
 *   estimate would not be regular).
 *
 * **Source:** S. Grimshaw, Computing maximum likelihood estimates for the generalized Pareto
 * distribution, 1993.
 */
export function fitGeneralisedPareto(excesses: Float64Array): Result<ParetoFit> {
  const average = mean(excesses);
  const most = excesses.reduce((a, b) => Math.max(a, b), 0);
  if (!(average > 0) || excesses.every((each) => each === most)) return refuseEqual();
  // θ from just above −1/max to far beyond any thick tail, in units of 1/mean.
  const low = -1 / most;
  const grid = [
    ...Array.from({ length: 40 }, (_, i) => low * (1 - 10 ** (-3 + (i * 3) / 40))),
    ...Array.from({ length: 80 }, (_, i) => 10 ** (-4 + (i * 7) / 79) / average),
  ];
  const best = highestPeak(grid.map((theta) => profile(excesses, theta)));
  if (best === undefined) return refuseBounded();
  const root = findRoot((theta) => slope(excesses, theta), grid[best - 1], grid[best + 1]);
  if (root === null) return refuseBounded();
  const theta = Math.abs(root * average) < 1e-9 ? 0 : root;
  const fit = atTheta(excesses, theta);
  return fit.shape <= -0.5 ? refuseBounded() : ok(fit);
}

/**
 * The place of the highest value that both neighbours are below. The end at θ = −1/max is none: the
 * likelihood grows without bound there, whatever the tail is like.
 */
function highestPeak(values: readonly number[]): number | undefined {
  let best: number | undefined;
  for (let i = 1; i + 1 < values.length; i++) {
    const isPeak = values[i] >= values[i - 1] && values[i] >= values[i + 1];
    if (isPeak && (best === undefined || values[i] > values[best])) best = i;
  }
  return best;
}

/**
 * By probability-weighted moments, which small samples estimate better:
 *
 *   a₀ = ȳ, a₁ = mean of (1 − p_i) y₍ᵢ₎, p_i = (i − 0.35)/k      ξ = 2 − a₀/(a₀ − 2a₁)   β = 2a₀a₁/(a₀ − 2a₁)
 *
 * **Source:** J. Hosking, J. Wallis, Parameter and quantile estimation for the generalized Pareto
 * distribution, 1987.
 */
export function paretoByMoments(excesses: Float64Array): Result<ParetoFit> {
  const sorted = excesses.toSorted();
  const k = sorted.length;
  const first = mean(sorted);
  let second = 0;
  for (let i = 0; i < k; i++) second += (1 - (i + 1 - 0.35) / k) * sorted[i];
  second /= k;
  const between = first - 2 * second;
  if (!(between > 0)) return refuseEqual();
  const shape = 2 - first / between;
  const scale = (2 * first * second) / between;
  return ok({ shape, scale, logLikelihood: likelihood(excesses, shape, scale) });
}

const refuseEqual = (): Result<never> =>
  refuse({
    code: 'risk.no-spread',
    detail: 'The losses beyond the threshold are all equal: no tail can be fitted to them.',
  });

const refuseBounded = (): Result<never> =>
  refuse({
    code: 'risk.bounded-tail',
    detail:
      'The likelihood of the tail has no maximum: the losses beyond the threshold look bounded; choose another threshold or the method of moments.',
  });

/** The shape that is best for θ. */
function shapeAt(excesses: Float64Array, theta: number): number {
  let sum = 0;
  for (let i = 0; i < excesses.length; i++) sum += Math.log1p(theta * excesses[i]);
  return sum / excesses.length;
}

/** The log-likelihood at θ with its best shape: −k [ln(ξ/θ) + ξ + 1]. */
function profile(excesses: Float64Array, theta: number): number {
  const shape = shapeAt(excesses, theta);
  return -excesses.length * (Math.log(shape / theta) + shape + 1);
}

const exponential = (excesses: Float64Array): number =>
  -excesses.length * (Math.log(mean(excesses)) + 1);

/**
 * d profile/dθ ÷ k = 1/θ − g′/g − g′ with g = mean ln(1 + θ y), g′ = mean y/(1 + θ y). Near θ = 0
 * its series, where the terms cancel.
 */
function slope(excesses: Float64Array, theta: number): number {
  const k = excesses.length;
  let logs = 0;
  let ratios = 0;
  let moment1 = 0;
  let moment2 = 0;
  for (let i = 0; i < k; i++) {
    const y = excesses[i];
    logs += Math.log1p(theta * y);
    ratios += y / (1 + theta * y);
    moment1 += y;
    moment2 += y * y;
  }
  moment1 /= k;
  moment2 /= k;
  if (Math.abs(theta) * moment1 < 1e-7) return moment2 / (2 * moment1) - moment1;
  const g = logs / k;
  const derivative = ratios / k;
  return 1 / theta - derivative / g - derivative;
}

function atTheta(excesses: Float64Array, theta: number): ParetoFit {
  if (theta === 0) {
    return { shape: 0, scale: mean(excesses), logLikelihood: exponential(excesses) };
  }
  const shape = shapeAt(excesses, theta);
  const scale = shape / theta;
  return { shape, scale, logLikelihood: likelihood(excesses, shape, scale) };
}

function likelihood(excesses: Float64Array, shape: number, scale: number): number {
  if (Math.abs(shape) < 1e-12) {
    return -excesses.length * (Math.log(scale) + mean(excesses) / scale);
  }
  let sum = 0;
  for (let i = 0; i < excesses.length; i++) sum += Math.log1p((shape * excesses[i]) / scale);
  return -excesses.length * Math.log(scale) - (1 + 1 / shape) * sum;
}
