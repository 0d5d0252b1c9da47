import type { Figure } from '../analysis/report.ts';
import type { Metric } from './metric.ts';
import type { ReturnSample } from './return-sample.ts';

/** A metric of a sample as a figure that explains itself. */
export function figureOf(metric: Metric, sample: ReturnSample): Figure {
  const { id, title, unit, formula, source, note } = metric;
  const { value, why } = metric.compute(sample);
  return {
    id,
    title,
    value,
    ...(why === undefined ? {} : { why }),
    unit,
    formula,
    source,
    ...(note === undefined ? {} : { note }),
  };
}
