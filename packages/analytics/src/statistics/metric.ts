import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import type { Unit } from '../analysis/report.ts';
import type { ReturnSample } from './return-sample.ts';

/** Where a metric stands in a tear sheet. */
export type MetricSection =
  | 'return'
  | 'risk'
  | 'ratio'
  | 'drawdown'
  | 'distribution'
  | 'winning'
  | 'calendar'
  | 'benchmark'
  | 'significance';

export interface MetricNeeds {
  /** Fewest returns. */
  readonly observations: number;
  readonly benchmark?: true;
  /** A day for each return. */
  readonly days?: true;
}

/** One number about a row of returns, that can be asked for by name. */
export interface Metric {
  /** `sharpe`, as its folder. */
  readonly id: string;
  readonly title: string;
  readonly section: MetricSection;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly needs: MetricNeeds;
  readonly formula: string;
  readonly source: string;
  /** A convention that the reader must know of. */
  readonly note?: string;
  /** Null with the reason where there are too few returns, or the number is not defined for them. */
  compute(sample: ReturnSample): Estimate;
}

export interface MetricDefinition extends Omit<Metric, 'compute'> {
  /** May be NaN or infinite where it is not defined. */
  value(sample: ReturnSample): number;
  /** Why a number that is not finite is none; a short sentence without a full stop. */
  readonly otherwise: string;
}

/** A metric from its plain formula: looks after what it needs and what is not finite. */
export function defineMetric({ value, otherwise, ...metric }: MetricDefinition): Metric {
  const { needs } = metric;
  return {
    ...metric,
    compute: (sample) => {
      const missing = whatIsMissing(needs, sample);
      // Adding zero makes 0 of −0, which no reader wants to see.
      return missing === undefined
        ? estimate(value(sampleFor(needs, sample)) + 0, otherwise)
        : unknown(missing);
    },
  };
}

/** The part of a sample that something with such needs rests on. */
export const sampleFor = (needs: MetricNeeds, sample: ReturnSample): ReturnSample =>
  needs.benchmark ? sample.shared : sample;

/** What a sample lacks for something that needs `needs`; undefined where nothing. */
export function whatIsMissing(needs: MetricNeeds, whole: ReturnSample): string | undefined {
  const sample = sampleFor(needs, whole);
  if (sample.n < needs.observations) {
    return `needs ${needs.observations} returns, has ${sample.n}`;
  }
  if (needs.benchmark && sample.benchmark === null) return 'needs a benchmark';
  if (needs.days && sample.days.length === 0) return 'needs a day for each return';
  return undefined;
}
