import { mean, quantileSorted, standardDeviation } from '@plimsoll/quant/statistics';
import { type Estimate, estimate } from '../analysis/estimate.ts';

/** Many figures in few numbers, as plain data. */
export interface Distribution {
  readonly n: number;
  readonly mean: Estimate;
  readonly deviation: Estimate;
  /** Quantiles of type 7. */
  readonly p05: Estimate;
  readonly p25: Estimate;
  readonly median: Estimate;
  readonly p75: Estimate;
  readonly p95: Estimate;
  readonly shareBelowZero: Estimate;
  /** Ends of bins of one width, one more than there are counts; none where nothing varies. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const bins = 30;

/**
 * Sums up figures; those that are NaN or infinite are left out of all of it.
 *
 * Cost: a sort.
 */
export function distributionOf(figures: Float64Array): Distribution {
  const sorted = figures.filter(Number.isFinite).sort();
  const n = sorted.length;
  const none = 'there is no figure';
  const at = (p: number): Estimate =>
    estimate(n === 0 ? Number.NaN : quantileSorted(sorted, p), none);
  const below = sorted.reduce((count, each) => count + (each < 0 ? 1 : 0), 0);
  return {
    n,
    mean: estimate(mean(sorted), none),
    deviation: estimate(standardDeviation(sorted), 'there are fewer than two figures'),
    p05: at(0.05),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    shareBelowZero: estimate(below / n, none),
    ...histogram(sorted),
  };
}

function histogram(sorted: Float64Array): Pick<Distribution, 'edges' | 'counts'> {
  const n = sorted.length;
  const [low, high] = [sorted[0], sorted[n - 1]];
  if (n === 0 || !(high > low)) return { edges: [], counts: [] };
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const each of sorted) counts[Math.min(bins - 1, Math.floor((each - low) / width))] += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width), counts };
}
