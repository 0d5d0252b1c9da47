import { type Day, dayFromNumber, ok, type Result, seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { learningBars } from '../backtest/learning-bars.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import { type InputDrift, inputDrift } from '../learning/drift.ts';
import type { DriftReference } from '../learning/drift-reference.ts';
import { computeFeatures, type FeatureMatrix } from '../learning/feature-matrix.ts';
import { openModel } from '../learning/fit-model.ts';
import { type LearningBars, labelBars } from '../learning/labels.ts';
import type { CardDrift } from '../learning/model-card.ts';
import type { ModelRecord } from '../learning/model-record.ts';
import { performanceDrift } from '../learning/performance-drift.ts';
import type { Judged } from '../learning/prediction-scores.ts';
import { models } from '../models/registry.gen.ts';
import type { TrainedModel } from './trained-model.ts';

/** What has moved since a model learnt. */
export interface ModelDrift extends CardDrift {
  /** First and last day of the rows looked at; null where there is none. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly rows: number;
  /** Those whose label is known by now. */
  readonly labelled: number;
}

/** Rows of a rolling score, at most. */
const widestWindow = 60;
const dayMs = 86_400_000;

/**
 * Holds bars that a model has not learnt from against those that it has: how features and predictions
 * lie, and how well it foretold where labels are known by now.
 *
 * @param market The same instruments with their history, which features reach back into.
 * @param after Rows known up to this moment (milliseconds) are left out.
 * @returns refused where the features cannot be computed of these bars or the model cannot be read.
 */
export function modelDrift(
  model: TrainedModel & { readonly record: Pick<ModelRecord, 'seed'> },
  market: BacktestMarket,
  after: number,
): Result<ModelDrift> {
  const { record, fitted, adjust, outOfFold } = model;
  const opened = openModel(models, fitted);
  if (!opened.ok) return opened;
  const bars = learningBars(market, adjust);
  const features = computeFeatures(record.features, bars);
  if (!features.ok) return features;
  const labels = labelsOf(bars, features.value, record.label);
  if (!labels.ok) return labels;
  const places = Int32Array.from(features.value.times, (_, i) => i).filter(
    (i) => (features.value.times[i] as number) > after && hasFeature(features.value.x, i),
  );
  const x = rowsOf(features.value.x, places);
  const predictions = opened.value.predict(x);
  const times = Float64Array.from(places, (i) => features.value.times[i] as number);
  const y = Float64Array.from(places, (i) => labels.value[i] as number);
  const labelled = Int32Array.from(y, (_, i) => i).filter((i) => !Number.isNaN(y[i]));
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(labelled, (i) => column[i] as number);
  const before = judged(outOfFold.times, outOfFold.y, outOfFold.predictions, outOfFold.y);
  const recent = judged(of(times), of(y), of(predictions), outOfFold.y);
  const window = Math.max(5, Math.min(widestWindow, Math.floor(labelled.length / 3)));
  const day = (at: number | undefined): Day | null =>
    at === undefined ? null : dayFromNumber(Math.floor(at / dayMs));
  return ok({
    from: day(times[0]),
    to: day(times.at(-1)),
    rows: places.length,
    labelled: labelled.length,
    input: inputsOf(record.drift, x, predictions),
    performance: performanceDrift(record.task, before, recent, window, seededRandom(record.seed)),
  });
}

/**
 * Where no feature has drifted, what is foretold is watched at most: the reference is of the models of
 * the folds, each a little another, and the model in use is one.
 */
function inputsOf(reference: DriftReference, x: Matrix, said: Float64Array): InputDrift {
  const found = inputDrift(reference, x, said);
  const featureDrifted = found.features.some(({ verdict }) => verdict === 'drifted');
  if (featureDrifted || found.predictions.verdict !== 'drifted') return found;
  return { ...found, predictions: { ...found.predictions, verdict: 'watch' }, verdict: 'watch' };
}

/** The label of each row of the features; NaN where it is not known. */
function labelsOf(
  bars: readonly LearningBars[],
  { instrument, bar }: FeatureMatrix,
  label: ModelRecord['label'],
): Result<Float64Array> {
  const columns: Float64Array[] = [];
  for (const each of bars) {
    const found = labelBars(each, label);
    if (!found.ok) return found;
    columns.push(found.value.value);
  }
  return ok(
    Float64Array.from(bar, (row, i) => columns[instrument[i] as number]?.[row] ?? Number.NaN),
  );
}

const hasFeature = ({ data, columns }: Matrix, row: number): boolean =>
  data.subarray(row * columns, (row + 1) * columns).some((value) => !Number.isNaN(value));

function rowsOf({ data, columns }: Matrix, places: Int32Array): Matrix {
  const made = matrix(places.length, columns);
  places.forEach((place, row) => {
    made.data.set(data.subarray(place * columns, (place + 1) * columns), row * columns);
  });
  return made;
}

/** Held against the mean of what was learnt, on both sides. */
function judged(
  times: ArrayLike<number>,
  y: ArrayLike<number>,
  predictions: ArrayLike<number>,
  learnt: readonly number[],
): Judged {
  const mean = learnt.reduce((sum, each) => sum + each, 0) / Math.max(1, learnt.length);
  return {
    times: Float64Array.from(times),
    y: Float64Array.from(y),
    predictions: Float64Array.from(predictions),
    mean: new Float64Array(y.length).fill(mean),
  };
}
