import { dayFromNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { learningBars } from '../backtest/learning-bars.ts';
import type { LabelledRows } from '../learning/assemble-rows.ts';
import { type DriftReference, driftReference } from '../learning/drift-reference.ts';
import type { LearningBars } from '../learning/labels.ts';
import { type LearntModel, learnModel } from '../learning/learn-model.ts';
import type { ModelRecord } from '../learning/model-record.ts';
import { scoresOfTask } from '../learning/prediction-scores.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import type { LearntRecord, OutOfFold, TrainedModel, TrainingReport } from './trained-model.ts';
import { modelOf, readTraining } from './training-block.ts';

type TrainingTask = RunTask & { readonly kind: 'training' };

/** Rows out of fold that are kept, the newest, to hold later ones against. */
const mostKept = 20_000;
const dayMs = 86_400_000;

/** Learns a model from a market. What it is called, and when it was made, whoever keeps it adds. */
export function train(
  task: TrainingTask,
  { digest, onProgress, shouldStop }: CarryOutOptions,
): Result<RunOutcome> {
  const read = readTraining(task.training);
  if (!read.ok) return read;
  if (digest === undefined) {
    return refuse({ code: 'run.kind', detail: 'Models are not learnt here.' });
  }
  const { name, model, label, features, params, weighting, validation, placebo } = read.value;
  const { settings, market, tradeFrom } = task;
  const bars = learningBars(market, settings.adjust);
  const learnt = learnModel(
    {
      ...identity,
      id: name,
      title: task.title ?? name,
      model: modelOf(model),
      ...{ params, features, label, weighting, bars, validation, placebo },
      // A bar before the first day shows in features and is not learnt from.
      sides: bars.map(({ knownAt }) => knownAt.map((at) => (at >= tradeFrom ? 1 : 0))),
      seed: settings.seed,
    },
    {
      digest,
      shouldStop,
      onProgress: (done, of) => onProgress({ done, of, doing: 'learning' }),
    },
  );
  if (!learnt.ok) return stoppedOr(learnt);
  const trained = trainedOf(learnt.value, bars, settings.adjust);
  const report: TrainingReport = {
    kind: 'training',
    headline: headlineOf(trained.record),
    model: trained,
  };
  return ok({ result: null, report });
}

/** What the result must not rest on, so that it is the same when it is learnt again. */
const identity = { version: 1, tries: 1, codeVersion: '', parent: null, createdAt: 0 } as const;

const stoppedOr = (refused: Result<never>): Result<never> =>
  !refused.ok && refused.fault.code === 'model.stopped'
    ? refuse({ code: 'run.stopped', detail: 'The run was stopped.' })
    : refused;

function trainedOf(
  { record, training, rows }: LearntModel,
  bars: readonly LearningBars[],
  adjust: TrainedModel['adjust'],
): TrainedModel {
  const {
    version: _,
    tries: __,
    codeVersion: ___,
    parent: ____,
    createdAt: _____,
    ...kept
  } = record;
  return {
    record: { ...kept, drift: warmReference(rows, training.predictions) },
    fitted: training.fitted,
    adjust,
    learntUntil: dayFromNumber(Math.floor(lastKnown(rows, bars) / dayMs)),
    outOfFold: outOfFoldOf(rows, training.predictions),
  };
}

/**
 * What later days are held against: rows before all features of an instrument were known for the first
 * time are no part of it. Values that miss while windows fill up will not miss again.
 */
function warmReference(rows: LabelledRows, predictions: Float64Array): DriftReference {
  const { x, instrument, instruments, names } = rows;
  const rowOf = (i: number) => x.data.subarray(i * x.columns, (i + 1) * x.columns);
  const warm = new Uint8Array(instruments.length);
  const places: number[] = [];
  for (let i = 0; i < x.rows; i++) {
    const of = instrument[i] as number;
    if (warm[of] === 0 && !rowOf(i).some(Number.isNaN)) warm[of] = 1;
    if (warm[of] === 1) places.push(i);
  }
  if (places.length === 0) return driftReference(names, x, predictions);
  const kept = matrix(places.length, x.columns);
  for (const [row, place] of places.entries()) kept.data.set(rowOf(place), row * x.columns);
  const said = Float64Array.from(places, (place) => predictions[place] as number);
  return driftReference(names, kept, said);
}

/** When the last label that was learnt was known. */
function lastKnown({ ends, times }: LabelledRows, bars: readonly LearningBars[]): number {
  const all = [...bars.map(({ knownAt }) => knownAt[0] ?? 0)];
  let last = Math.min(...all);
  for (let i = 0; i < ends.length; i++) {
    last = Math.max(last, Number.isNaN(ends[i]) ? (times[i] as number) : (ends[i] as number));
  }
  return last;
}

function outOfFoldOf({ times, y }: LabelledRows, predictions: Float64Array): OutOfFold {
  const places = Array.from(y, (_, i) => i)
    .filter((i) => !Number.isNaN(predictions[i]))
    .slice(-mostKept);
  const of = (column: Float64Array): number[] => places.map((i) => column[i] as number);
  return { times: of(times), y: of(y), predictions: of(predictions) };
}

function headlineOf({ task, scores, mean, data, title, warnings }: LearntRecord): string {
  const [primary] = scoresOfTask[task];
  const [own, base] = [scores[primary.id] ?? null, mean[primary.id] ?? null];
  const judged =
    own === null || base === null
      ? 'how well cannot be told'
      : `${primary.title.toLowerCase()} ${own.toFixed(3)} out of fold, ${base.toFixed(3)} without a model`;
  const better =
    own !== null && base !== null && (primary.better === 'higher' ? own > base : own < base);
  const verdict = better ? '' : ' It is no better than no model.';
  const warned = warnings.length === 0 ? '' : ` ${warnings[0]}`;
  return `${title} has learnt from ${data.rows} rows of ${data.instruments.length} ${data.instruments.length === 1 ? 'instrument' : 'instruments'}, ${data.from ?? ''} to ${data.to ?? ''}: ${judged}.${verdict}${warned}`;
}

/** What a record is without what makes it one of several. */
export const recordOf = (
  learnt: LearntRecord,
  more: Pick<ModelRecord, 'version' | 'tries' | 'codeVersion' | 'parent' | 'createdAt'>,
): ModelRecord => ({ ...learnt, ...more });
