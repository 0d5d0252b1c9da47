import { invariant } from '@plimsoll/kernel';
import type { ReturnSample } from './return-sample.ts';

/** The benchmark of a sample that has been seen to have one. */
export function benchmarkOf(sample: ReturnSample): ReturnSample {
  const { benchmark } = sample;
  invariant(benchmark !== null, 'a metric that needs a benchmark was asked without one');
  return benchmark;
}

/**
 * α ÷ its standard error: √(Σ ε² ÷ (n − 2) × (1 ÷ n + b̄² ÷ Σ (b − b̄)²)).
 *
 * **Source:** M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968.
 */
export function alphaT({ line, n }: ReturnSample): number {
  const error = (line.squares / (n - 2)) * (1 / n + line.meanX ** 2 / line.xx);
  return line.alpha / Math.sqrt(error);
}

/** #(r > b) ÷ n. */
export function battingAverage(sample: ReturnSample): number {
  const benchmark = benchmarkOf(sample).returns;
  let ahead = 0;
  for (let t = 0; t < sample.n; t++) if (sample.returns[t] > benchmark[t]) ahead++;
  return ahead / sample.n;
}

/** mean((r − r̄)(b − b̄)ᵏ), population moments, k from 1 to 3. */
export function coMoment(sample: ReturnSample, power: 1 | 2 | 3): number {
  const benchmark = benchmarkOf(sample);
  const mean = sample.moments.mean;
  const benchmarkMean = benchmark.moments.mean;
  const r = sample.returns;
  const b = benchmark.returns;
  let total = 0;
  for (let t = 0; t < sample.n; t++) {
    const d = b[t] - benchmarkMean;
    total += (r[t] - mean) * (power === 1 ? d : power === 2 ? d * d : d * d * d);
  }
  return total / sample.n;
}

/**
 * mean((r − r̄)(b − b̄)ᵏ) ÷ (σᵣ σᵇᵏ), population moments: coskewness for k = 2, cokurtosis for k = 3.
 *
 * @returns NaN where either does not vary.
 *
 * **Source:** C. R. Harvey, A. Siddique, Conditional skewness in asset pricing tests, 2000.
 */
export function standardCoMoment(sample: ReturnSample, power: 2 | 3): number {
  const benchmark = benchmarkOf(sample);
  if (!(sample.deviation > 0 && benchmark.deviation > 0)) return Number.NaN;
  const scale = Math.sqrt(sample.moments.m2) * benchmark.moments.m2 ** (power / 2);
  return coMoment(sample, power) / scale;
}
