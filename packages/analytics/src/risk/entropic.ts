import { ok, type Result } from '@plimsoll/kernel';
import { minimiseScalar } from '@plimsoll/quant/minimise';
import { tailOf, whyNoTail } from './tail-risk.ts';

/**
 * Entropic value at risk: the tightest bound on VaR and CVaR that Chernoff's inequality gives,
 *
 *   EVaR = min over t > 0 of  t ln( mean(e^(−r/t)) ÷ α ),   α = 1 − level
 *
 * @param returns Shape [n], finite.
 * @returns a positive loss, at least CVaR and at most the worst loss.
 *
 * Cost about 40 passes. **Source:** A. Ahmadi-Javid, Entropic value-at-risk: a new coherent risk
 * measure, 2012.
 */
export function entropicValueAtRisk(returns: Float64Array, level: number): Result<number> {
  const wrong = whyNoTail(returns.length, level, 1);
  if (wrong) return wrong;
  let worst = Number.NEGATIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < returns.length; i++) {
    worst = Math.max(worst, -returns[i]);
    best = Math.min(best, -returns[i]);
  }
  if (worst === best) return ok(worst);
  const tail = tailOf(level);
  const bound = (logT: number): number => {
    const t = Math.exp(logT);
    let sum = 0;
    for (let i = 0; i < returns.length; i++) sum += Math.exp((-returns[i] - worst) / t);
    return worst + t * Math.log(sum / returns.length / tail);
  };
  const spread = Math.log(worst - best);
  const { value } = minimiseScalar(bound, spread - 12, spread + 8, { tolerance: 1e-10 });
  // As t falls to 0 the bound falls to the worst loss where α n ≤ 1.
  return ok(Math.min(value, worst));
}
