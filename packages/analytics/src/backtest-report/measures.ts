import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import type { Unit } from '../analysis/report.ts';
import { blockLength, bootstrap } from '../statistics/bootstrap.ts';
import type { Metric } from '../statistics/metric.ts';
import { metricById } from '../statistics/metric-by-id.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';

/** One figure of the strategy beside that of its benchmark, and how sure it is. */
export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly strategy: Estimate;
  readonly benchmark: Estimate;
  /** Strategy less benchmark. */
  readonly difference: Estimate;
  /** Where the strategy's figure lies in nine of ten draws of its returns; null where that is not known. */
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly formula: string;
  readonly source: string;
  readonly note?: string;
}

/** The metrics of the head of a report, by their ids. */
const shown = [
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'max-drawdown',
  'longest-drawdown',
  'calmar',
  'cvar-95',
  'total-return',
] as const;

const draws = 1000;
/** Share of the draws within a range. */
const level = 0.9;

/** How the ranges were had, for the method of a report. */
export const rangeConvention = (sample: ReturnSample, seed: number): string =>
  `Likely ranges hold ${level * 100} % of ${draws} draws of the days' returns in blocks of ${blockOf(sample).toFixed(1)} days on average (stationary bootstrap, seed ${seed}).`;

const blockOf = (sample: ReturnSample): number => blockLength(sample.returns, 'stationary');

/** Fewest returns that ranges are drawn from. */
const fewest = 20;

/** Figures of the strategy and of its benchmark, with ranges where there are returns enough. */
export function measuresOf(sample: ReturnSample, seed: number): readonly Measure[] {
  const metrics = shown.flatMap((id) => metricById(id) ?? []);
  const benchmark = sample.shared.benchmark;
  const intervals =
    sample.n < fewest
      ? []
      : bootstrap(sample, metrics, {
          method: 'stationary',
          block: Math.min(sample.n, blockOf(sample)),
          draws,
          seed,
          level,
          interval: 'percentile',
        });
  return metrics.map((metric, i) => {
    const strategy = metric.compute(sample);
    const beside = benchmark ? metric.compute(benchmark) : unknown('there is no benchmark');
    // The difference is of the days that both have.
    const own = sample.shared === sample ? strategy : metric.compute(sample.shared);
    const [low, high] = [intervals[i]?.low.value ?? null, intervals[i]?.high.value ?? null];
    return {
      ...about(metric),
      strategy,
      benchmark: beside,
      difference: less(own, beside),
      range: low === null || high === null ? null : { low, high },
    };
  });
}

const about = ({ id, title, unit, better, formula, source, note }: Metric) => ({
  id,
  title,
  unit,
  better,
  formula,
  source,
  ...(note === undefined ? {} : { note }),
});

/** One estimate less another; unknown where either is, for its reason. */
function less(one: Estimate, other: Estimate): Estimate {
  if (one.value === null) return one;
  if (other.value === null) return other;
  return estimate(one.value - other.value, 'it is beyond what can be stated');
}
