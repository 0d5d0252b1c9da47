import type { Random } from '@plimsoll/kernel';
import { quantileSorted, sorted } from '@plimsoll/quant/statistics';
import type { ModelTask } from './define-model.ts';
import { type DriftVerdict, driftLimits } from './drift.ts';
import { type Judged, scoresOf, scoresOfTask } from './prediction-scores.ts';

/** The score of recent rows beside what chance makes of the training folds. */
export interface PerformanceDrift {
  /** Id of the score: the first of the task. */
  readonly score: string;
  /** Over all recent rows; null where there is too little to tell. */
  readonly recent: number | null;
  /** Quantiles of the score of as many rows in turn, out of fold. */
  readonly band: { readonly low: number; readonly middle: number; readonly high: number } | null;
  /** Share of such draws that did as badly or worse. */
  readonly chance: number | null;
  readonly verdict: DriftVerdict;
  readonly why?: string;
  /** Scores of windows that end at these times, for a line beside the band. */
  readonly rolling: readonly { readonly time: number; readonly value: number | null }[];
}

const draws = 1000;
const blockRows = 20;

/**
 * Whether a model does worse than it did out of fold in training. The band is the 5 %, 50 % and 95 %
 * quantile of the score over 1000 samples of as many rows, drawn in blocks of 20 neighbours so that
 * labels that overlap stay together. `watch` below the worst 5 %, `drifted` below the worst 1 %.
 *
 * @param trainingRows Out of fold, in order of time. @param recentRows With their labels, in order of
 *   time. Rows that could not be foretold (NaN) are left out of both.
 * @param window Rows of a rolling score.
 *
 * Source: blocks as Hans Künsch, The jackknife and the bootstrap for general stationary observations
 * (1989).
 */
export function performanceDrift(
  task: ModelTask,
  trainingRows: Judged,
  recentRows: Judged,
  window: number,
  random: Random,
): PerformanceDrift {
  const training = foretold(trainingRows);
  const recent = foretold(recentRows);
  const [primary] = scoresOfTask[task];
  const scoreOf = (judged: Judged): number | null => scoresOf(task, judged)[primary.id] ?? null;
  const rolling = rollingScores(recent, window, scoreOf);
  const n = recent.y.length;
  const none = {
    score: primary.id,
    recent: null,
    band: null,
    chance: null,
    verdict: null,
    rolling,
  };
  if (Math.min(n, training.y.length) < driftLimits.fewest) {
    const why = `${n} recent and ${training.y.length} training rows; ${driftLimits.fewest} of each are needed`;
    return { ...none, why };
  }
  const now = scoreOf(recent);
  const drawn: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = scoreOf(takeRows(training, blockPlaces(training.y.length, n, random)));
    if (value !== null) drawn.push(value);
  }
  if (now === null || drawn.length === 0) return { ...none, why: 'the labels do not vary' };
  const all = sorted(Float64Array.from(drawn));
  const worse = all.filter((each) => (primary.better === 'higher' ? each <= now : each >= now));
  const chance = worse.length / all.length;
  return {
    score: primary.id,
    recent: now,
    band: {
      low: quantileSorted(all, 0.05),
      middle: quantileSorted(all, 0.5),
      high: quantileSorted(all, 0.95),
    },
    chance,
    verdict: chance < 0.01 ? 'drifted' : chance < 0.05 ? 'watch' : 'stable',
    rolling,
  };
}

/** The rows that have a prediction. */
const foretold = (judged: Judged): Judged =>
  takeRows(
    judged,
    Int32Array.from(judged.y, (_, i) => i).filter((i) => !Number.isNaN(judged.predictions[i])),
  );

function rollingScores(
  judged: Judged,
  window: number,
  scoreOf: (judged: Judged) => number | null,
): PerformanceDrift['rolling'] {
  const found: { readonly time: number; readonly value: number | null }[] = [];
  for (let until = window; until <= judged.y.length; until++) {
    const places = Int32Array.from({ length: window }, (_, i) => until - window + i);
    found.push({
      time: judged.times[until - 1],
      value: scoreOf(takeRows(judged, places)),
    });
  }
  return found;
}

function blockPlaces(from: number, count: number, random: Random): Int32Array {
  const places = new Int32Array(count);
  const size = Math.min(blockRows, from);
  for (let i = 0; i < count; i += size) {
    const start = random.integer(from - size + 1);
    for (let k = 0; k < size && i + k < count; k++) places[i + k] = start + k;
  }
  return places;
}

function takeRows({ predictions, y, times, mean }: Judged, places: Int32Array): Judged {
  const of = (column: Float64Array): Float64Array => Float64Array.from(places, (i) => column[i]);
  return { predictions: of(predictions), y: of(y), times: of(times), mean: of(mean) };
}
