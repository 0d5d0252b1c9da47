import type { Figure } from '../analysis/report.ts';
import type { Metric } from './metric.ts';
import type { ReturnSample } from './return-sample.ts';

/** A metric of a sample as a figure that explains itself. */
export function figureOf(metric: Metric, sample: ReturnSample): Figure {
  const { id, title, unit, formula, source, note } = metric;
  const { value, why } = metric.compute(sample);
  const figure = { id, title, value, unit, formula, source };
  if (why === undefined) return note === undefined ? figure : { ...figure, note };
  return note === undefined ? { ...figure, why } : { ...figure, why, note };
}
