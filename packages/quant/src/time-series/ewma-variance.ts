/** How an exponentially weighted variance is had. */
export interface EwmaOptions {
  /** λ, in (0, 1): the share of the last variance that is kept; 0.94 if not given. */
  readonly decay?: number;
  /** The first variance: that of all squares (`mean-square`, if not given), the first square, or a number. */
  readonly start?: 'mean-square' | 'first-square' | number;
}

/**
 * Exponentially weighted variances around 0, each known before the value of its step:
 *
 *   σ²_t = λ σ²_{t−1} + (1 − λ) x²_{t−1}
 *
 * @param x The series, finite, shape [n].
 * @returns shape [n + 1]; the last is the forecast of the step after the end, at any horizon. NaN in
 *   the series makes NaN from there on; empty gives the start alone, NaN where it is had from squares.
 *
 * Source: J. P. Morgan and Reuters, RiskMetrics — Technical Document, 1996, §5.2 (λ = 0.94 for
 * daily, 0.97 for monthly data).
 */
export function ewmaVariance(
  x: Float64Array,
  { decay = 0.94, start = 'mean-square' }: EwmaOptions = {},
): Float64Array {
  const n = x.length;
  const variances = new Float64Array(n + 1);
  let variance = typeof start === 'number' ? start : start === 'first-square' ? x[0] * x[0] : 0;
  if (start === 'mean-square') {
    for (const each of x) variance += (each * each) / n;
    if (n === 0) variance = Number.NaN;
  }
  for (let t = 0; t < n; t++) {
    variances[t] = variance;
    variance = decay * variance + (1 - decay) * x[t] * x[t];
  }
  variances[n] = variance;
  return variances;
}
