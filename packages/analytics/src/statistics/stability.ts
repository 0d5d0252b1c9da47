import type { ReturnSample } from './return-sample.ts';

/**
 * R² of the straight line through log W over time.
 *
 * @returns from 0 to 1; NaN where everything was lost or log W does not vary.
 *
 * **Source:** Quantopian, empyrical, 2016 (`stability_of_timeseries`).
 */
export function stability({ wealth, n }: ReturnSample): number {
  const middle = (n - 1) / 2;
  const logs = wealth.map(Math.log);
  let total = 0;
  for (let t = 0; t < n; t++) total += logs[t];
  const mean = total / n;
  let ty = 0;
  let yy = 0;
  for (let t = 0; t < n; t++) {
    const y = logs[t] - mean;
    ty += (t - middle) * y;
    yy += y * y;
  }
  const tt = (n * (n * n - 1)) / 12;
  return yy > n * 1e-28 ? Math.min(1, (ty * ty) / (tt * yy)) : Number.NaN;
}
