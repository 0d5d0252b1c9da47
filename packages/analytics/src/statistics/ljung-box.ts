import type { ReturnSample } from './return-sample.ts';

/**
 * n (n + 2) Σ ρₖ² ÷ (n − k), k from 1 to the number of lags.
 *
 * @param lags Fewer than n.
 * @returns NaN where the returns do not vary.
 *
 * **Source:** G. M. Ljung, G. E. P. Box, On a measure of lack of fit in time series models, 1978.
 */
export function ljungBox(sample: ReturnSample, lags: number): number {
  const { n } = sample;
  let total = 0;
  for (let k = 1; k <= lags; k++) total += sample.autocorrelation(k) ** 2 / (n - k);
  return n * (n + 2) * total;
}
