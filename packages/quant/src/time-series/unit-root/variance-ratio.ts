import { normalCdf } from '../../distributions/index.ts';
import type { Fitted } from '../fitted.ts';

/** The outcome of the test. */
export interface VarianceRatio {
  /** VR(q): 1 for a random walk, above 1 where moves go on, below where they turn back. */
  readonly ratio: number;
  /** (VR − 1) ÷ its standard error, normal for a random walk. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Lo and MacKinlay's test of the hypothesis that levels are a random walk with drift: the variance
 * of q-step changes over q times that of single ones,
 *
 *   VR(q) = σ²_q ÷ σ²_1,  σ²_1 = Σ (Δx_t − μ)² ÷ (n − 1),
 *   σ²_q = Σ (x_t − x_{t−q} − q μ)² ÷ (q (n − q + 1)(1 − q ÷ n))
 *
 * from overlapping changes. Its variance allows for changing variances,
 * Σ_j (2 (q − j) ÷ q)² δ_j with δ_j = Σ e²_t e²_{t−j} ÷ (Σ e²_t)², unless `robust` is false:
 * 2 (2q − 1)(q − 1) ÷ (3 q n).
 *
 * @param x Levels, such as logarithms of prices, finite, shape [n + 1].
 * @param q Steps of the longer change, from 2 to n / 2.
 *
 * Cost: O(n q). Source: Andrew Lo and Craig MacKinlay, Stock market prices do not follow random
 * walks, 1988.
 */
export function varianceRatio(x: Float64Array, q: number, robust = true): Fitted<VarianceRatio> {
  const n = x.length - 1;
  if (!x.every(Number.isFinite)) return { why: 'the series has gaps' };
  if (!(Number.isInteger(q) && q >= 2 && n >= 2 * q)) {
    return { why: `changes of ${q} steps need q from 2 to half of the ${n} changes` };
  }
  const drift = (x[n] - x[0]) / n;
  const e = Float64Array.from({ length: n }, (_, t) => x[t + 1] - x[t] - drift);
  let single = 0;
  for (const each of e) single += each * each;
  const size = x.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!(single > n * (1e-13 * size) ** 2)) return { why: 'the changes do not vary' };
  let long = 0;
  for (let t = q; t <= n; t++) long += (x[t] - x[t - q] - q * drift) ** 2;
  const ratio = long / (q * (n - q + 1) * (1 - q / n)) / (single / (n - 1));
  let variance = (2 * (2 * q - 1) * (q - 1)) / (3 * q * n);
  if (robust) {
    variance = 0;
    for (let j = 1; j < q; j++) {
      let both = 0;
      for (let t = j; t < n; t++) both += e[t] * e[t] * e[t - j] * e[t - j];
      variance += ((2 * (q - j)) / q) ** 2 * (both / (single * single));
    }
  }
  if (!(variance > 0)) return { why: 'the changes do not vary next to each other' };
  const statistic = (ratio - 1) / Math.sqrt(variance);
  return { ratio, statistic, p: 2 * normalCdf(-Math.abs(statistic)) };
}
