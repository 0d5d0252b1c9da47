import { ok, type Result, refuse } from '@plimsoll/kernel';
import { ascendingOrder } from '@plimsoll/quant/statistics';
import { type TailRisk, tailOf, whyNoTail } from './tail-risk.ts';

/**
 * VaR and CVaR of returns that are not equally likely. VaR is the loss at which the probability,
 * summed from the worst return on, first reaches 1 − level (no interpolation); CVaR the mean over
 * exactly that probability.
 *
 * @param returns Shape [n], finite, in any order.
 * @param probabilities Shape [n], ≥ 0, with a positive sum; need not sum to 1.
 */
export function weightedTail(
  returns: Float64Array,
  probabilities: Float64Array,
  level: number,
): Result<TailRisk> {
  const wrong = whyNoTail(returns.length, level, 1);
  if (wrong) return wrong;
  let total = 0;
  for (const each of probabilities) total += each;
  const usable = probabilities.length === returns.length && total > 0 && Number.isFinite(total);
  if (!usable || probabilities.some((each) => each < 0)) {
    return refuse({
      code: 'risk.probabilities',
      detail: `The ${probabilities.length} probabilities of ${returns.length} returns must be as many, none negative, and not all zero.`,
    });
  }
  const order = ascendingOrder(returns);
  const share = tailOf(level) * total;
  let reached = 0;
  let weighted = 0;
  let boundary = returns[order[0]];
  for (const i of order) {
    if (probabilities[i] === 0) continue;
    boundary = returns[i];
    const counted = Math.min(probabilities[i], share - reached);
    weighted += counted * returns[i];
    reached += probabilities[i];
    if (reached >= share * (1 - 1e-14)) break;
  }
  return ok({ valueAtRisk: -boundary, cvar: -weighted / share });
}

/**
 * The age-weighted (hybrid) method: historical simulation in which a return that is a days old has
 * the probability λᵃ (1 − λ) ÷ (1 − λⁿ).
 *
 * @param returns Oldest first, shape [n].
 * @param decay λ in (0, 1]; 0.98 if not given. 1 makes all equally likely.
 *
 * **Source:** J. Boudoukh, M. Richardson, R. Whitelaw, The best of both worlds, 1998.
 */
export function ageWeightedTail(
  returns: Float64Array,
  level: number,
  decay = 0.98,
): Result<TailRisk> {
  if (!(decay > 0 && decay <= 1)) {
    return refuse({
      code: 'risk.decay',
      detail: `The decay ${decay} must be above 0 and at most 1, such as 0.98.`,
    });
  }
  const n = returns.length;
  const probabilities = Float64Array.from(returns, (_, i) => decay ** (n - 1 - i));
  return weightedTail(returns, probabilities, level);
}
