import type { LabelledRows } from './assemble-rows.ts';
import type { Split } from './cross-validation.ts';
import type { ModelTask } from './define-model.ts';

/** What costs nothing and a model must beat. */
export interface BaselinePredictions {
  /** The weighted mean label of the training rows: for a classification their share of events. */
  readonly mean: Float64Array;
  /**
   * The last label of the same instrument that was known at the row's time: itself for a regression,
   * for a classification the share of events that followed such a label in training.
   */
  readonly last: Float64Array;
}

/**
 * Predictions of the baselines for the test rows of a split. Where no label was known yet `last` is the
 * mean.
 *
 * @param lastKnown As `lastKnownLabels` gives it.
 */
export function baselinePredictions(
  task: ModelTask,
  { y, weights }: LabelledRows,
  lastKnown: Float64Array,
  { train, test }: Split,
): BaselinePredictions {
  /** Sums over training rows: all, after a label 0, after a label 1. */
  const sums = [0, 0, 0];
  const totals = [0, 0, 0];
  const add = (place: number, i: number): void => {
    sums[place] = (sums[place] ?? 0) + weights[i] * y[i];
    totals[place] = (totals[place] ?? 0) + weights[i];
  };
  for (const i of train) {
    add(0, i);
    if (task === 'classification' && !Number.isNaN(lastKnown[i])) add(1 + lastKnown[i], i);
  }
  const meanOf = (place: number): number => (sums[place] ?? 0) / (totals[place] ?? 0);
  const mean = meanOf(0);
  const after = (label: number): number => {
    if (Number.isNaN(label)) return mean;
    if (task === 'regression') return label;
    const found = meanOf(1 + label);
    return Number.isFinite(found) ? found : mean;
  };
  return {
    mean: new Float64Array(test.length).fill(mean),
    last: Float64Array.from(test, (i) => after(lastKnown[i])),
  };
}

/** For each row the label of its instrument that was known last at its time; NaN before the first. */
export function lastKnownLabels({ y, times, ends, instrument }: LabelledRows): Float64Array {
  const byEnd = Array.from(ends, (_, i) => i).sort((a, b) => ends[a] - ends[b] || a - b);
  const last = new Map<number, number>();
  const found = new Float64Array(y.length);
  let next = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = byEnd[next]; j !== undefined && ends[j] <= times[i]; j = byEnd[next]) {
      last.set(instrument[j], y[j]);
      next += 1;
    }
    found[i] = last.get(instrument[i]) ?? Number.NaN;
  }
  return found;
}
