import type { ReturnSample } from './return-sample.ts';

/**
 * log(R ÷ S) ÷ log n: R the range of the running sum of r − r̄, S the sample deviation. One window, the
 * whole, as PerformanceAnalytics has it; 0.5 for independent returns only as n grows.
 *
 * @returns NaN where the returns do not vary.
 *
 * **Source:** H. E. Hurst, Long-term storage capacity of reservoirs, 1951.
 */
export function hurstIndex(sample: ReturnSample): number {
  const { returns, n, deviation } = sample;
  const { mean } = sample.moments;
  let running = 0;
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  for (let t = 0; t < n; t++) {
    running += returns[t] - mean;
    if (running > high) high = running;
    if (running < low) low = running;
  }
  return Math.log((high - low) / deviation) / Math.log(n);
}
