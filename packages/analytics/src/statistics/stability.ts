import type { ReturnSample } from './return-sample.ts';

/**
 * R² of the straight line through log W over time.
 *
 * @returns from 0 to 1; NaN where everything was lost or log W does not vary.
 *
 * **Source:** Quantopian, empyrical, 2016 (`stability_of_timeseries`).
 */
export function stability({ logs, n }: ReturnSample): number {
  const middle = (n - 1) / 2;
  const path = new Float64Array(n);
  let level = 0;
  let total = 0;
  for (let t = 0; t < n; t++) {
    level += logs[t];
    path[t] = level;
    total += level;
  }
  const mean = total / n;
  let ty = 0;
  let yy = 0;
  for (let t = 0; t < n; t++) {
    const y = path[t] - mean;
    ty += (t - middle) * y;
    yy += y * y;
  }
  const tt = (n * (n * n - 1)) / 12;
  return yy > n * 1e-28 ? Math.min(1, (ty * ty) / (tt * yy)) : Number.NaN;
}
