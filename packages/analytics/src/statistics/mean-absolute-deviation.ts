import type { ReturnSample } from './return-sample.ts';

/** Σ |r − r̄| ÷ n. */
export function meanAbsoluteDeviation({ returns, n, moments: { mean } }: ReturnSample): number {
  let total = 0;
  for (let t = 0; t < n; t++) total += Math.abs(returns[t] - mean);
  return total / n;
}
