import type { Figure } from '../analysis/report.ts';
import type { Metric } from './metric.ts';
import type { ReturnSample } from './return-sample.ts';

/** A metric of a sample as a figure that explains itself, under a heading where one is given. */
export function figureOf(metric: Metric, sample: ReturnSample, section?: string): Figure {
  const { id, title, unit, formula, source, note } = metric;
  const { value, why } = metric.compute(sample);
  const figure: { -readonly [Key in keyof Figure]: Figure[Key] } = {
    id,
    title,
    value,
    unit,
    formula,
    source,
  };
  if (section !== undefined) figure.section = section;
  if (why !== undefined) figure.why = why;
  if (note !== undefined) figure.note = note;
  return figure;
}
