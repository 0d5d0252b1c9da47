import { type Fault, ok, type Refused, type Result, refuse } from '@plimsoll/kernel';
import { binomialCdf, chiSquareSf } from '@plimsoll/quant/distributions';

/** A likelihood-ratio test: its statistic and the probability of one at least as large by chance. */
export interface LikelihoodRatio {
  readonly statistic: number;
  readonly p: number;
}

/**
 * Kupiec's proportion of failures: are there as many exceptions as the level says?
 *
 *   LR = −2 ln [ αˣ (1 − α)^(n−x) ÷ (π̂ˣ (1 − π̂)^(n−x)) ],  π̂ = x ÷ n,  ~ χ²(1)
 *
 * @param exceptions x, days on which the loss was larger than VaR.
 * @param n Days forecast.
 * @param tail α = 1 − level.
 *
 * **Source:** P. Kupiec, Techniques for verifying the accuracy of risk measurement models, 1995.
 */
export function kupiec(exceptions: number, n: number, tail: number): Result<LikelihoodRatio> {
  const wrong = whyNoCount(exceptions, n, tail);
  if (wrong) return wrong;
  const rate = exceptions / n;
  const statistic = 2 * (logBinomial(exceptions, n, rate) - logBinomial(exceptions, n, tail));
  return ok(tested(statistic, 1));
}

/**
 * Kupiec's time until the first failure: is the first exception as early or late as it may be?
 *
 *   LR = −2 ln [ α (1 − α)^(v−1) ÷ ((1/v)(1 − 1/v)^(v−1)) ]  ~ χ²(1)
 *
 * @param first v, the day of the first exception, from 1.
 *
 * **Source:** Kupiec, 1995.
 */
export function timeUntilFirstFailure(first: number, tail: number): Result<LikelihoodRatio> {
  const wrong = whyNoCount(1, first, tail);
  if (wrong) return wrong;
  return ok(tested(2 * (logBinomial(1, first, 1 / first) - logBinomial(1, first, tail)), 1));
}

/** How often days with and without an exception followed each other. */
export interface Transitions {
  readonly n00: number;
  readonly n01: number;
  readonly n10: number;
  readonly n11: number;
}

export interface IndependenceTest extends LikelihoodRatio {
  readonly transitions: Transitions;
  /** The share of exceptions after a day without, and after a day with one; null if no such days. */
  readonly afterNone: number | null;
  readonly afterOne: number | null;
}

/**
 * Christoffersen's independence: is an exception likelier on the day after one? On the n − 1 pairs
 * of successive days,
 *
 *   LR = −2 ln [ (1 − π)^(n00+n10) π^(n01+n11) ÷ ((1 − π01)^n00 π01^n01 (1 − π11)^n10 π11^n11) ]  ~ χ²(1)
 *
 * @param hits 1 for a day with an exception, shape [n], n ≥ 2.
 *
 * **Source:** P. Christoffersen, Evaluating interval forecasts, 1998.
 */
export function christoffersen(hits: Uint8Array): Result<IndependenceTest> {
  if (hits.length < 2) {
    return refuse({
      code: 'risk.too-few',
      detail: `${hits.length} days have no successive pairs; give 2 or more.`,
    });
  }
  const counts = [0, 0, 0, 0];
  for (let i = 1; i < hits.length; i++) counts[2 * hits[i - 1] + hits[i]] += 1;
  const [n00, n01, n10, n11] = counts;
  const afterNone = n00 + n01 === 0 ? null : n01 / (n00 + n01);
  const afterOne = n10 + n11 === 0 ? null : n11 / (n10 + n11);
  const rate = (n01 + n11) / (hits.length - 1);
  const apart =
    logBinomial(n01, n00 + n01, afterNone ?? 0) + logBinomial(n11, n10 + n11, afterOne ?? 0);
  const together = logBinomial(n01 + n11, hits.length - 1, rate);
  return ok({
    ...tested(2 * (apart - together), 1),
    transitions: { n00, n01, n10, n11 },
    afterNone,
    afterOne,
  });
}

/** Christoffersen's conditional coverage: the sum of Kupiec's statistic and that of independence, ~ χ²(2). */
export const conditionalCoverage = (
  coverage: LikelihoodRatio,
  independence: LikelihoodRatio,
): LikelihoodRatio => tested(coverage.statistic + independence.statistic, 2);

export interface TrafficLight {
  /** P(X ≤ exceptions) of a binomial with the right rate. */
  readonly probability: number;
  readonly zone: 'green' | 'yellow' | 'red';
  /** What the Basel Committee multiplies capital by; set only for the table's own 99 % over 250 days. */
  readonly multiplier: number | null;
}

/** From 5 to 9 exceptions among 250 days at 99 %. */
const yellowMultipliers = [3.4, 3.5, 3.65, 3.75, 3.85];

/**
 * The Basel traffic light: green while P(X ≤ exceptions) < 95 %, red from 99.99 % on, X binomial.
 *
 * **Source:** Basel Committee on Banking Supervision, Supervisory framework for the use of
 * "backtesting" in conjunction with the internal models approach, 1996, table 2.
 */
export function trafficLight(exceptions: number, n: number, tail: number): Result<TrafficLight> {
  const wrong = whyNoCount(exceptions, n, tail);
  if (wrong) return wrong;
  const probability = binomialCdf(exceptions, n, tail);
  const zone = probability < 0.95 ? 'green' : probability < 0.9999 ? 'yellow' : 'red';
  const inTable = n === 250 && Math.abs(tail - 0.01) < 1e-12;
  const multiplier = exceptions < 5 ? 3 : exceptions > 9 ? 4 : yellowMultipliers[exceptions - 5];
  return ok({ probability, zone, multiplier: inTable ? multiplier : null });
}

/** x ln p + (n − x) ln(1 − p), with 0 ln 0 = 0. */
const logBinomial = (x: number, n: number, p: number): number =>
  (x === 0 ? 0 : x * Math.log(p)) + (x === n ? 0 : (n - x) * Math.log1p(-p));

const tested = (statistic: number, degrees: number): LikelihoodRatio => {
  const positive = Math.max(statistic, 0);
  return { statistic: positive, p: chiSquareSf(positive, degrees) };
};

function whyNoCount(exceptions: number, n: number, tail: number): Refused<Fault> | undefined {
  const whole = Number.isInteger(exceptions) && Number.isInteger(n);
  if (whole && exceptions >= 0 && n >= 1 && exceptions <= n && tail > 0 && tail < 1) {
    return undefined;
  }
  return refuse({
    code: 'risk.backtest',
    detail: `${exceptions} exceptions in ${n} days at a rate of ${tail} cannot be tested; give whole numbers of days and a rate between 0 and 1.`,
  });
}
