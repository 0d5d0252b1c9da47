import { ok, type Result, refuse } from '@plimsoll/kernel';
import { quadraticForm } from '@plimsoll/quant/linear-algebra';
import type { ActiveConstraint } from '../define-optimiser.ts';
import { activeConstraints } from '../problem/active.ts';
import { amount } from '../problem/words.ts';
import { type Frontier, follow, risingRoot, type Stretch } from './follow.ts';
import { whyNotFollowed } from './why-not-followed.ts';

/** The weights of the most gain at a risk. */
export interface AtRisk {
  readonly weights: Float64Array;
  /** Net of the cost of trading. */
  readonly gain: number;
  readonly risk: number;
  readonly active: readonly ActiveConstraint[];
  readonly iterations: number;
}

/**
 * Maximises gainᵀw − cost of trading where √((w − b)ᵀΣ(w − b)) ≤ limit: the frontier is followed from
 * the least risk to the limit, which a quadratic equation places within a stretch, or to its end where
 * even the most gain is less risky. Refused where the least risk is above the limit.
 *
 * @param what How the risk is called in words: `volatility`, `tracking error`.
 */
export function mostGainAtRisk(frontier: Frontier, limit: number, what: string): Result<AtRisk> {
  const { region, covariance, benchmark } = frontier;
  let least: number | null = null;
  let net = Number.NaN;
  let reached = false;
  const followed = follow(frontier, (stretch) => {
    least ??= Math.sqrt(stretch.risk[0]);
    if (least > limit * (1 + 1e-12)) return 0;
    const t = whereRisk(stretch, limit);
    reached = t !== null;
    const until = t ?? (Number.isFinite(stretch.to) ? stretch.to - stretch.from : 0);
    net = stretch.gain[0] + stretch.gain[1] * until;
    return t;
  });
  const wrong = whyNotFollowed(region, followed);
  if (wrong) return wrong;
  const { path, compiled } = followed;
  const lowest = least ?? 0;
  if (lowest > limit * (1 + 1e-12)) {
    return refuse({
      code: 'optimisation.infeasible',
      detail: `No weights meet all limits: ${what} at most ${amount(limit, 'fraction')} conflicts with the budget, bounds and other limits, which allow no less than ${amount(lowest, 'fraction')}.`,
    });
  }
  const weights = compiled.weights(path.end.x);
  const away = benchmark ? weights.map((value, i) => value - benchmark[i]) : weights;
  const risk = Math.sqrt(Math.max(0, quadraticForm(covariance, away)));
  const lambda = path.parameter;
  // At the limit the multipliers are those of ½ risk² − λ gain; dgain = −d(…) ÷ λ.
  const active = activeConstraints(region, compiled, path.end, {
    factor: lambda > 0 ? -1 / lambda : 0,
  });
  const cap = {
    name: `${what} at most ${amount(limit, 'fraction')}`,
    price: lambda > 0 ? risk / lambda : 0,
  };
  return ok({
    weights,
    gain: net,
    risk,
    active: reached ? [cap, ...active] : active,
    iterations: path.end.iterations,
  });
}

function whereRisk({ from, to, risk: [r0, r1, r2] }: Stretch, limit: number): number | null {
  return risingRoot([r0 - limit * limit, r1, r2], to - from);
}
