import { invariant } from '@plimsoll/kernel';
import { defineMetric, type Metric, type MetricDefinition } from '../metric.ts';
import { metricById } from '../metric-by-id.ts';

/** A number as another tool computes it. */
export interface ToolFigure {
  /** What the tool calls it, such as `sharpe` or `SharpeRatio.annualized`. */
  readonly name: string;
  readonly metric: Metric;
}

/** The figures that one tool has, by its own conventions and defaults. */
export interface ToolTable {
  /** `quantstats`. */
  readonly tool: string;
  /** Name and version whose source was read. */
  readonly title: string;
  /** One sentence each: what it does throughout. */
  readonly conventions: readonly string[];
  readonly figures: readonly ToolFigure[];
}

/** The tool agrees with our metric of that id, perhaps with a remark. */
export function same(name: string, id: string, note?: string): ToolFigure {
  const metric = metricById(id);
  invariant(metric !== undefined, `no metric ${id} for ${name}`);
  return { name, metric: note === undefined ? metric : { ...metric, note } };
}

/** What a figure of a tool's own is taken from where nothing is said: the metric of that id, or these. */
type Own = Partial<MetricDefinition> & Pick<MetricDefinition, 'value' | 'formula'>;

/** The tool has a formula of its own, for what our metric of that id measures. */
export function differs(name: string, id: string, own: Own): ToolFigure {
  const metric = metricById(id);
  invariant(metric !== undefined, `no metric ${id} for ${name}`);
  const { compute: _ours, note: _note, ...about } = metric;
  return {
    name,
    metric: defineMetric({ otherwise: 'the tool gives no number here', ...about, ...own }),
  };
}

/** The tool has something that we have no metric for. */
export function only(
  name: string,
  metric: Omit<MetricDefinition, 'better' | 'otherwise' | 'source'> & Partial<MetricDefinition>,
): ToolFigure {
  return {
    name,
    metric: defineMetric({
      better: 'neither',
      otherwise: 'the tool gives no number here',
      source: name,
      ...metric,
    }),
  };
}
