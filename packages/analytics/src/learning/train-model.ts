import { ok, type Result, refuse, seededRandom } from '@plimsoll/kernel';
import type { LabelledRows } from './assemble-rows.ts';
import { baselinePredictions, lastKnownLabels } from './baselines.ts';
import type { Split } from './cross-validation.ts';
import type { Model, ModelTask, OpenModel } from './define-model.ts';
import {
  type FeatureImportance,
  type FoldImportance,
  foldImportance,
  importanceOver,
  importanceStability,
} from './feature-importance.ts';
import { type FittedModel, fitModel } from './fit-model.ts';
import { rowsAt } from './held-out.ts';
import { leakWarnings } from './leak-checks.ts';
import {
  type CalibrationBin,
  calibrationTable,
  type Scores,
  scoresOf,
} from './prediction-scores.ts';
import { timeSplits, type Validation } from './time-splits.ts';

/** What is to be learnt, and how it is judged. */
export interface TrainingRequest {
  readonly model: Model;
  readonly params: Readonly<Record<string, unknown>>;
  readonly task: ModelTask;
  /** Sorted by time. */
  readonly rows: LabelledRows;
  readonly validation: Validation;
  readonly seed: number;
  /** Whether to learn once more from labels shuffled in time, which must score like chance. */
  readonly placebo?: boolean;
  readonly shouldStop?: () => boolean;
  /** Told after each model that was learnt: how many are done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** One split with its scores. */
export interface FoldResult {
  readonly trained: number;
  readonly tested: number;
  /** First and last time of the tested rows. */
  readonly from: number;
  readonly to: number;
  readonly scores: Scores;
  readonly mean: Scores;
  readonly last: Scores;
}

/** A model that has learnt from all rows, and how models like it did on rows they had not seen. */
export interface Training {
  readonly fitted: FittedModel;
  /** Out of fold, the mean over the splits that tested a row; NaN where it cannot be foretold. */
  readonly predictions: Float64Array;
  readonly scores: Scores;
  /** Of the baselines, on the same rows. */
  readonly mean: Scores;
  readonly last: Scores;
  readonly folds: readonly FoldResult[];
  /** Empty for a regression. */
  readonly calibration: readonly CalibrationBin[];
  readonly importance: readonly FeatureImportance[];
  readonly importanceStability: number | null;
  /** Scores of a model that learnt from shuffled labels; null where it was not asked for. */
  readonly placebo: Scores | null;
  /** Rows left out as they miss a value that the model needs. */
  readonly rowsMissing: number;
  readonly warnings: readonly string[];
}

/** Sums of predictions by row, of the model and of the baselines. */
interface OutOfFold {
  readonly model: Float64Array;
  readonly mean: Float64Array;
  readonly last: Float64Array;
  readonly counts: Int32Array;
  readonly folds: readonly FoldResult[];
  readonly importance: readonly FoldImportance[];
}

/**
 * Learns a model and judges its kind by purged and embargoed cross-validation: each row is foretold by
 * models that learnt only from labels known before it, or from rows after its own label was known. The
 * model that is given back has learnt from all rows.
 *
 * The same request gives the same bits. Cost: a fit a split, and one more.
 */
export function trainModel(request: TrainingRequest): Result<Training> {
  const { model, task, seed } = request;
  const usable = usableRows(model, request.rows);
  const rows = restrict(request.rows, usable);
  const splits = timeSplits(rows.times, rows.ends, request.validation);
  if (!splits.ok) return splits;
  const count = splits.value.length;
  const of = count * (request.placebo === true ? 2 : 1) + 1;
  const progress = (done: number): void => request.onProgress?.(done, of);
  const judged = outOfFold(request, rows, splits.value, progress, true);
  if (!judged.ok) return judged;
  const placebo = request.placebo
    ? outOfFold(request, shuffled(rows, seed), splits.value, (d) => progress(count + d), false)
    : null;
  if (placebo && !placebo.ok) return placebo;
  const { params, shouldStop } = request;
  const fitted = fitModel(model, params, rows, {
    task,
    random: seededRandom(seed),
    ...(shouldStop ? { shouldStop } : {}),
  });
  if (!fitted.ok) return fitted;
  progress(of);
  const found = summaries(task, rows, judged.value);
  const predictions = new Float64Array(request.rows.y.length).fill(Number.NaN);
  usable.forEach((place, i) => {
    const n = judged.value.counts[i];
    if (n > 0) predictions[place] = judged.value.model[i] / n;
  });
  return ok({
    fitted: fitted.value,
    predictions,
    ...found,
    folds: judged.value.folds,
    importance: importanceOver(rows.names, judged.value.importance),
    importanceStability: importanceStability(judged.value.importance),
    placebo: placebo ? summaries(task, shuffled(rows, seed), placebo.value).scores : null,
    rowsMissing: request.rows.y.length - rows.y.length,
    warnings: leakWarnings(task, rows, found.scores),
  });
}

function usableRows({ takesMissing }: Model, { x }: LabelledRows): Int32Array {
  const all = Int32Array.from({ length: x.rows }, (_, i) => i);
  if (takesMissing) return all;
  return all.filter((i) =>
    x.data.subarray(i * x.columns, (i + 1) * x.columns).every(Number.isFinite),
  );
}

const restrict = (rows: LabelledRows, places: Int32Array): LabelledRows => ({
  ...rowsAt(rows, places),
  names: rows.names,
  instruments: rows.instruments,
  instrument: places.map((i) => rows.instrument[i]),
});

/** The same rows with their labels in another order. */
function shuffled(rows: LabelledRows, seed: number): LabelledRows {
  const random = seededRandom(seed ^ 0x5eed);
  const y = rows.y.slice();
  for (let i = y.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = y[i];
    y[i] = y[j];
    y[j] = kept;
  }
  return { ...rows, y };
}

function outOfFold(
  { model, params, task, seed, shouldStop }: TrainingRequest,
  rows: LabelledRows,
  splits: readonly Split[],
  progress: (done: number) => void,
  explains: boolean,
): Result<OutOfFold> {
  const n = rows.y.length;
  const lastKnown = lastKnownLabels(rows);
  const sums = { model: new Float64Array(n), mean: new Float64Array(n), last: new Float64Array(n) };
  const counts = new Int32Array(n);
  const folds: FoldResult[] = [];
  const importance: FoldImportance[] = [];
  for (const [k, split] of splits.entries()) {
    const random = seededRandom((seed + Math.imul(k + 1, 0x9e3779b9)) >>> 0);
    const tools = { task, random, ...(shouldStop ? { shouldStop } : {}) };
    const fitted = fitModel(model, params, rowsAt(rows, split.train), tools);
    const opened = fitted.ok ? model.open(fitted.value.learnt) : fitted;
    if (!opened.ok) {
      const { code, detail } = opened.fault;
      return refuse({ code, detail: `Fold ${k + 1} of ${splits.length}: ${detail}` });
    }
    const test = rowsAt(rows, split.test);
    const said = opened.value.predict(test.x);
    const base = baselinePredictions(task, rows, lastKnown, split);
    split.test.forEach((place, i) => {
      sums.model[place] += said[i];
      sums.mean[place] += base.mean[i];
      sums.last[place] += base.last[i];
      counts[place] += 1;
    });
    const judge = (predictions: Float64Array): Scores =>
      scoresOf(task, { predictions, y: test.y, times: test.times, mean: base.mean });
    folds.push({
      trained: split.train.length,
      tested: split.test.length,
      from: test.times[0],
      to: test.times[test.times.length - 1],
      scores: judge(said),
      mean: judge(base.mean),
      last: judge(base.last),
    });
    if (explains) importance.push(importanceOf(task, opened.value, test, seed + k));
    progress(k + 1);
  }
  return ok({ ...sums, counts, folds, importance });
}

const importanceOf = (
  task: ModelTask,
  model: OpenModel,
  test: Parameters<typeof foldImportance>[2],
  seed: number,
): FoldImportance => foldImportance(task, model, test, seededRandom(seed ^ 0x1234567));

/** Scores over all rows that were tested, each by the mean of what was said of it. */
function summaries(
  task: ModelTask,
  { y, times }: LabelledRows,
  found: OutOfFold,
): Pick<Training, 'scores' | 'mean' | 'last' | 'calibration'> {
  const tested = Int32Array.from(found.counts, (_, i) => i).filter((i) => found.counts[i] > 0);
  const of = (sums: Float64Array): Float64Array =>
    Float64Array.from(tested, (i) => sums[i] / found.counts[i]);
  const labels = Float64Array.from(tested, (i) => y[i]);
  const when = Float64Array.from(tested, (i) => times[i]);
  const mean = of(found.mean);
  const said = of(found.model);
  const judge = (predictions: Float64Array): Scores =>
    scoresOf(task, { predictions, y: labels, times: when, mean });
  return {
    scores: judge(said),
    mean: judge(mean),
    last: judge(of(found.last)),
    calibration: task === 'classification' ? calibrationTable(said, labels) : [],
  };
}
