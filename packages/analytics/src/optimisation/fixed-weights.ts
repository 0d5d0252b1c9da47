import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Allocation } from './define-optimiser.ts';
import type { Region } from './problem/region.ts';
import { boundInWords } from './problem/words.ts';

/**
 * Weights that a rule gives without looking at limits, scaled to the budget. Refused where they are
 * outside of the bounds, as the rule has no way to bring them inside.
 *
 * @param shares Shape [n], adding up to more than 0.
 * @param rule What the rule is called: `Equal weights`.
 */
export function fixedWeights(
  shares: Float64Array,
  region: Region,
  rule: string,
): Result<Allocation> {
  const budget = region.rows.find(({ name }) => name === 'budget')?.upper ?? 1;
  let sum = 0;
  for (const share of shares) sum += share;
  const weights = shares.map((share) => (share / sum) * budget);
  for (const side of ['lower', 'upper'] as const) {
    const at = weights.findIndex((w, i) =>
      side === 'lower' ? w < region.lower[i] - 1e-12 : w > region.upper[i] + 1e-12,
    );
    if (at >= 0) {
      return refuse({
        code: 'optimisation.rule',
        detail: `${rule} give ${region.names[at]} ${(weights[at] * 100).toFixed(2)} %, which is against ${boundInWords(region, at, side)}; choose an objective that keeps bounds.`,
      });
    }
  }
  return ok({
    weights,
    objective: null,
    active: [],
    status: 'optimal',
    iterations: 0,
    figures: [],
    notes: [],
  });
}
