import { ok, type Result } from '@plimsoll/kernel';
import { gram, type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import type { Region } from '../problem/region.ts';
import { minimiseOverRegion, type RegionMinimum } from './minimise-over-region.ts';

/**
 * The weights of a region with the least semi-variance, the mean square of returns below their mean:
 *
 *   minimise Σ min((rₜ − r̄)·w, 0)² ÷ (T − 1)
 *
 * Piecewise quadratic, so that Newton's method ends after a few changes of the periods that count.
 *
 * @param scenarios Simple returns a period, at least two, shape [T × n].
 * @returns `value` is the semi-variance a period; its root is the semi-deviation.
 *
 * **Source:** H. Markowitz, Portfolio Selection (1959), ch. 9; the divisor T − 1 as in Riskfolio-Lib.
 */
export function minSemiVariance(scenarios: Matrix, region: Region): Result<RegionMinimum> {
  const { rows: T, columns: n } = scenarios;
  const means = columnMeans(scenarios);
  const centred = matrix(
    T,
    n,
    scenarios.data.map((each, k) => each - means[k % n]),
  );
  // In units of the mean variance, so that the steps' tolerances have a scale.
  const scale = (centred.data.reduce((sum, each) => sum + each * each, 0) / (T * n) || 1) * (T - 1);
  const result = minimiseOverRegion(
    {
      value: (w) =>
        timesVector(centred, w).reduce((sum, each) => sum + Math.min(each, 0) ** 2, 0) / scale,
      derivatives: (w) => {
        const x = timesVector(centred, w);
        const below = Array.from(x.keys()).filter((t) => x[t] < 0);
        const part = matrix(below.length, n);
        below.forEach((t, i) => {
          part.data.set(centred.data.subarray(t * n, (t + 1) * n), i * n);
        });
        const hessian = gram(part);
        for (let k = 0; k < n * n; k++) hessian.data[k] *= 2 / scale;
        return { gradient: timesVector(hessian, w), hessian };
      },
    },
    region,
  );
  if (!result.ok) return result;
  const unit = scale / (T - 1);
  const { value, active } = result.value;
  return ok({
    ...result.value,
    value: value * unit,
    active: active.map(({ name, price }) => ({
      name,
      price: price === null ? null : price * unit,
    })),
  });
}
