import { type Fault, ok, type Refused, type Result, refuse } from '@plimsoll/kernel';
import {
  cholesky,
  dot,
  matrix,
  quadraticForm,
  solveCholesky,
} from '@plimsoll/quant/linear-algebra';
import { solveQuadratic } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import { activeConstraints } from '../problem/active.ts';
import type { Region } from '../problem/region.ts';
import { amount, boundInWords, rowInWords } from '../problem/words.ts';
import { type Frontier, follow, type Stretch } from './follow.ts';
import { whyNotFollowed } from './why-not-followed.ts';

/** The weights of the greatest gain per risk. */
export interface Ratio {
  readonly weights: Float64Array;
  /** Net gain ÷ risk. */
  readonly ratio: number;
  readonly active: readonly ActiveConstraint[];
  readonly iterations: number;
}

/**
 * Maximises (gainᵀw − cost of trading) ÷ √(wᵀΣw) over a region with a budget above 0.
 *
 * Where weights are only kept from going short, the ratio does not depend on the budget: the answer is
 * that of minimise ½ yᵀΣy − gainᵀy, y ≥ 0, scaled to the budget. Else the frontier is followed from the
 * least risk to where λ = risk² ÷ gain, which a quadratic equation tells within a stretch; on the way
 * the ratio only grows.
 *
 * **Source:** Sharpe, The Sharpe Ratio, 1994; Cornuejols and Tütüncü, Optimization Methods in Finance,
 * 2006, §8.2; Bailey and López de Prado, An open-source implementation of the critical-line algorithm,
 * 2013.
 */
export function maxRatio(frontier: Frontier): Result<Ratio> {
  const { region } = frontier;
  const budget = region.rows.find(({ name }) => name === 'budget');
  if (!budget || !(budget.lower > 0)) {
    return refuse({
      code: 'optimisation.budget',
      detail: `A ratio of gain to risk needs a budget above 0, not ${budget?.lower ?? 'none'}.`,
    });
  }
  return quickly(frontier, budget.upper) ?? alongFrontier(frontier);
}

/** Where only the budget and bounds count, and those in a simple way; null elsewhere. */
function quickly(frontier: Frontier, budget: number): Result<Ratio> | null {
  const { region, tradeCost } = frontier;
  if (tradeCost !== null || !isPlain(region)) return null;
  if (isOnlyLong(region, budget)) return longOnly(frontier, budget);
  return region.names.length >= many ? withoutBounds(frontier, budget) : null;
}

/** Names from which on a factorisation is faster than following the frontier. */
const many = 64;

/** w ∝ Σ⁻¹ gain, where that is within the bounds and Σ is positive definite. */
function withoutBounds(
  { region, covariance, gain }: Frontier,
  budget: number,
): Result<Ratio> | null {
  const factor = region.lower.every((low) => low < 0) ? cholesky(covariance) : null;
  if (!factor) return null;
  const y = solveCholesky(factor, gain);
  let sum = 0;
  for (const value of y) sum += value;
  if (!(sum > 0)) return null;
  const weights = y.map((value) => (value / sum) * budget);
  if (weights.some((w, i) => w < region.lower[i] || w > region.upper[i])) return null;
  const risk = Math.sqrt(quadraticForm(covariance, weights));
  const active = region.rows.map((row) => ({ name: rowInWords(row, 'upper'), price: 0 }));
  return ok({ weights, ratio: dot(gain, weights) / risk, active, iterations: 1 });
}

const isPlain = ({ rows, turnover, gross, long, short }: Region): boolean =>
  rows.length === 1 && [turnover, gross, long, short].every((cap) => cap === null);

const isOnlyLong = (region: Region, budget: number): boolean =>
  region.lower.every((low) => low === 0) && region.upper.every((high) => high >= budget);

/** Null where the program that does not know the budget has no end, as with a singular covariance. */
function longOnly({ region, covariance, gain }: Frontier, budget: number): Result<Ratio> | null {
  const n = gain.length;
  const solution = solveQuadratic({
    quadratic: covariance,
    linear: gain.map((value) => -value),
    rows: matrix(0, n),
    rowLower: new Float64Array(0),
    rowUpper: new Float64Array(0),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
  });
  if (solution.status !== 'optimal') return null;
  let sum = 0;
  for (const value of solution.x) sum += value;
  if (!(sum > 0)) return noGain(gain, region.names);
  const weights = solution.x.map((value) => (value / sum) * budget);
  const risk = Math.sqrt(quadraticForm(covariance, weights));
  const active = Array.from(solution.reducedCosts).flatMap((price, at) =>
    price > 0 ? [{ name: boundInWords(region, at, 'lower'), price: -price / risk }] : [],
  );
  const [row] = region.rows;
  return ok({
    weights,
    ratio: dot(gain, weights) / risk,
    active: row ? [{ name: rowInWords(row, 'upper'), price: 0 }, ...active] : active,
    iterations: solution.iterations,
  });
}

const noGain = (gain: Float64Array, names: readonly string[]): Refused<Fault> => {
  const best = gain.indexOf(gain.reduce((most, value) => Math.max(most, value), -Infinity));
  return refuse({
    code: 'optimisation.no-excess',
    detail: `No allowed weights gain more than the rate to beat: the best instrument, ${names[best]}, is expected to make ${amount(gain[best], 'fraction')} beyond it.`,
  });
};

function alongFrontier(frontier: Frontier): Result<Ratio> {
  const { region, gain } = frontier;
  let last: Stretch | null = null;
  const followed = follow(frontier, (stretch) => {
    last = stretch;
    return tangency(stretch);
  });
  const wrong = whyNotFollowed(region, followed);
  if (wrong) return wrong;
  const { path, compiled } = followed;
  const weights = compiled.weights(path.end.x);
  const end: Stretch | null = last;
  if (end === null) return noGain(gain, region.names);
  const net = valueAt(end, path.parameter);
  if (!(net.gain > 0)) return noGain(gain, region.names);
  const risk = Math.sqrt(quadraticForm(frontier.covariance, weights));
  if (!(risk > 0)) {
    return refuse({
      code: 'optimisation.no-risk',
      detail:
        'Some allowed weights gain without any risk, so that the ratio has no greatest value.',
    });
  }
  // d ratio = −(1 ÷ (risk · λ)) · d(½ risk² − λ gain), with λ = risk² ÷ gain at the top.
  const factor = -net.gain / risk ** 3;
  return ok({
    weights,
    ratio: net.gain / risk,
    active: activeConstraints(region, compiled, path.end, { factor }),
    iterations: path.end.iterations,
  });
}

function valueAt({ from, gain }: Stretch, parameter: number): { readonly gain: number } {
  return { gain: gain[0] + (parameter > from ? gain[1] * (parameter - from) : 0) };
}

/** Where in a stretch λ · gain grows to risk²; t with (from + t)(g₀ + g₁t) = r₀ + r₁t + r₂t². */
function tangency({ from, to, gain: [g0, g1], risk: [r0, r1, r2] }: Stretch): number | null {
  const a = from * g0 - r0;
  const b = g0 + from * g1 - r1;
  const c = g1 - r2;
  if (a >= 0) return 0;
  // On a stretch dr²/dλ = 2λ dg/dλ, so the left side is monotone wherever gain is above 0.
  const candidates = Math.abs(c) < 1e-300 ? [-a / b] : rootsOf(a, b, c);
  const inside = candidates.filter((t) => t >= 0 && t <= to - from && g0 + g1 * t > 0);
  return inside.length === 0 ? null : Math.min(...inside);
}

function rootsOf(a: number, b: number, c: number): number[] {
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return [];
  const q = -0.5 * (b + Math.sign(b || 1) * Math.sqrt(discriminant));
  return [q / c, a / q].filter(Number.isFinite);
}
