import type { Region, RegionRow } from '@plimsoll/analytics/optimisation';
import type { Facts } from '../../case-facts.ts';

/** Fully invested within the bounds of the case, above its target mean where it has one. */
export function regionOfCase(input: Facts, names: readonly string[], means: Float64Array): Region {
  const n = names.length;
  const [low = 0, high = null] = (input['bounds'] ?? []) as readonly (number | null)[];
  const target = input['target_mean_daily'] ?? input['target_mean'] ?? input['target_return'];
  const row = (
    name: string,
    coefficients: Float64Array,
    lower: number,
    upper: number,
  ): RegionRow => ({ name, coefficients, lower, upper, unit: 'fraction' });
  const ones = new Float64Array(n).fill(1);
  return {
    names,
    lower: new Float64Array(n).fill(low ?? Number.NEGATIVE_INFINITY),
    upper: new Float64Array(n).fill(high ?? Number.POSITIVE_INFINITY),
    rows: [
      row('budget', ones, 1, 1),
      ...(typeof target === 'number'
        ? [row('target return', means, target, Number.POSITIVE_INFINITY)]
        : []),
    ],
    current: null,
    turnover: null,
    gross: null,
    long: null,
    short: null,
    maxNames: null,
    minWeight: null,
    tracking: null,
    volatility: null,
  };
}
