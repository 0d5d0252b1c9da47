import { normalQuantile } from '@plimsoll/quant/distributions';
import { mean, standardDeviation, sum } from '@plimsoll/quant/statistics';
import type { ReturnSample } from './return-sample.ts';

/**
 * Σ r ÷ (Ulcer index × pitfall), pitfall = −CVaR of the drawdowns ÷ sample deviation of r. The CVaR is
 * the mean of the drawdowns beyond their normal 95 % bound; the bound itself where none is.
 *
 * @param ulcer That of the sample, unless another convention's is given.
 * @returns NaN or infinite where it never fell.
 *
 * **Source:** KeyQuant, Introducing the Serenity ratio, 2018, as R. Aroussi, QuantStats has it.
 */
export function serenity(
  sample: ReturnSample,
  ulcer: number = Math.sqrt(sample.path.squares / sample.n),
): number {
  const { depths } = sample.path;
  const falls = new Float64Array(sample.n);
  for (let t = 0; t < sample.n; t++) falls[t] = -depths[t];
  const pitfall = -meanBeyondNormal(falls, 0.95) / sample.deviation;
  return sum(sample.returns) / (ulcer * pitfall);
}

/**
 * The mean of the values below mean + z × sample deviation, z the normal quantile of the tail; the
 * bound itself where no value is below it.
 */
export function meanBeyondNormal(x: Float64Array, level: number): number {
  const bound = mean(x) + normalQuantile(1 - level) * standardDeviation(x);
  let total = 0;
  let count = 0;
  for (let t = 0; t < x.length; t++) {
    if (x[t] < bound) {
      total += x[t];
      count++;
    }
  }
  return count === 0 ? bound : total / count;
}
