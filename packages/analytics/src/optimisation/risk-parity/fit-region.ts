import { type Fault, ok, type Result, refuse } from '@plimsoll/kernel';
import type { Region } from '../problem/region.ts';
import { amount } from '../problem/words.ts';

/**
 * Scales long-only weights with sum 1 to the budget of a region, for ways of allocating that know no
 * bounds. Refused where a bound does not hold then, naming the worst.
 */
export function fitRegion(
  weights: Float64Array,
  region: Region,
  method: string,
): Result<Float64Array> {
  const budget = region.rows.find(({ name }) => name === 'budget');
  const total = budget ? Math.min(Math.max(1, budget.lower), budget.upper) : 1;
  if (!(total > 0)) {
    return refuse(fault(`${method} is long only and needs a budget above 0, not ${total}.`));
  }
  const fitted = weights.map((each) => each * total);
  let worst = 1e-9;
  let detail = '';
  fitted.forEach((each, i) => {
    const [low, high] = [region.lower[i], region.upper[i]];
    const off = Math.max(low - each, each - high);
    if (off <= worst) return;
    worst = off;
    const bound =
      each < low ? `at least ${amount(low, 'fraction')}` : `at most ${amount(high, 'fraction')}`;
    detail = `${method} has no bounds: it gives ${region.names[i]} ${amount(each, 'fraction')}, where ${bound} is asked for. Widen the bounds or take an objective that keeps them.`;
  });
  return detail === '' ? ok(fitted) : refuse(fault(detail));
}

const fault = (detail: string): Fault => ({ code: 'optimisation.bounds', detail });
