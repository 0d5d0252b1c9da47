import { ok, type Result } from '@plimsoll/kernel';
import { gram, type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import type { Region } from '../problem/region.ts';
import { minimiseOverRegion, type RegionMinimum } from '../tail-risk/minimise-over-region.ts';

/**
 * The weights of a region under which wealth grows fastest over the scenarios, the Kelly portfolio:
 *
 *   maximise (1 ÷ T) Σ ln(1 + rₜ·w)
 *
 * Concave, infinite where a period would lose everything. What is not invested earns nothing.
 *
 * @param scenarios Simple returns a period, ≥ −1, shape [T × n].
 * @returns `value` is the mean log growth a period; prices are those of the maximum.
 *
 * **Source:** J. L. Kelly, "A New Interpretation of Information Rate" (1956); E. O. Thorp, "The Kelly
 * Criterion in Blackjack, Sports Betting, and the Stock Market" (2006).
 */
export function maxGrowth(scenarios: Matrix, region: Region): Result<RegionMinimum> {
  const { rows: T, columns: n, data } = scenarios;
  const result = minimiseOverRegion(
    {
      value: (w) => {
        let sum = 0;
        for (const each of timesVector(scenarios, w)) {
          if (!(each > -1)) return Number.POSITIVE_INFINITY;
          sum -= Math.log1p(each);
        }
        return sum / T;
      },
      derivatives: (w) => {
        const growth = timesVector(scenarios, w);
        const scaled = matrix(T, n);
        const gradient = new Float64Array(n);
        for (let t = 0; t < T; t++) {
          const scale = 1 / (1 + growth[t]);
          for (let i = 0; i < n; i++) {
            const each = data[t * n + i] * scale;
            scaled.data[t * n + i] = each;
            gradient[i] -= each / T;
          }
        }
        const hessian = gram(scaled);
        for (let k = 0; k < n * n; k++) hessian.data[k] /= T;
        return { gradient, hessian };
      },
    },
    region,
  );
  if (!result.ok) return result;
  const { value, active } = result.value;
  return ok({
    ...result.value,
    value: -value,
    active: active.map(({ name, price }) => ({ name, price: price === null ? null : -price })),
  });
}
