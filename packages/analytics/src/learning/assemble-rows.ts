import { ok, type Result, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import type { TrainingRows } from './define-model.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Labels, LearningBars } from './labels.ts';

/** Rows to learn from with the names of their features and their instruments. */
export interface LabelledRows extends TrainingRows {
  readonly names: readonly string[];
  readonly instruments: readonly string[];
  /** Place of each row's instrument, shape [rows]. */
  readonly instrument: Int32Array;
}

/** What one instrument's bars are labelled with. */
export interface InstrumentLabels {
  readonly labels: Labels;
  /** Shape [bars], as `sampleWeights` gives them. */
  readonly weights: Float64Array;
}

/**
 * Joins features and labels into rows to learn from, oldest first. Bars without a label, of no weight,
 * or without a single feature are left out.
 *
 * @param bars, labels In the order of the instruments of the features.
 * @returns refused where the lengths do not fit.
 */
export function assembleRows(
  features: FeatureMatrix,
  bars: readonly LearningBars[],
  labels: readonly InstrumentLabels[],
): Result<LabelledRows> {
  const { x, times, instrument, bar, names, instruments } = features;
  const fits = instruments.every(
    (name, i) =>
      bars[i]?.instrument === name &&
      labels[i]?.labels.value.length === bars[i].close.length &&
      labels[i].weights.length === bars[i].close.length,
  );
  if (!fits || bars.length !== instruments.length) {
    return refuse({
      code: 'labels.instruments',
      detail: `Features are of ${instruments.join(', ')}; bars and labels must be of the same, in that order and of the same lengths.`,
    });
  }
  const kept: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const of = labels[instrument[i]] as InstrumentLabels;
    const row = x.data.subarray(i * x.columns, (i + 1) * x.columns);
    const known = row.some((each) => !Number.isNaN(each));
    const labelled = !Number.isNaN(of.labels.value[bar[i]]) && of.weights[bar[i]] > 0;
    if (known && labelled) kept.push(i);
  }
  const made = matrix(kept.length, x.columns);
  kept.forEach((i, row) => {
    made.data.set(x.data.subarray(i * x.columns, (i + 1) * x.columns), row * x.columns);
  });
  const of = (at: (labels: InstrumentLabels, bar: number, i: number) => number): Float64Array =>
    Float64Array.from(kept, (i) => at(labels[instrument[i]] as InstrumentLabels, bar[i], i));
  return ok({
    names,
    instruments,
    x: made,
    y: of((each, t) => each.labels.value[t]),
    weights: of((each, t) => each.weights[t]),
    times: Float64Array.from(kept, (i) => times[i]),
    ends: of((each, t, i) => bars[instrument[i]]?.knownAt[each.labels.endBar[t]] ?? Number.NaN),
    instrument: Int32Array.from(kept, (i) => instrument[i]),
  });
}
