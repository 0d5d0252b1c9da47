import { rank } from '@plimsoll/quant/statistics';
import { classificationScores } from './classification-scores.ts';
import { correlationOrNull } from './correlation-or-null.ts';
import type { ModelTask } from './define-model.ts';

/** A score by id; null where it cannot be known. */
export type Scores = Readonly<Record<string, number | null>>;

/** What a score is called, and whether more of it is better. */
export interface ScoreMeaning {
  readonly id: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly formula: string;
}

/** The scores of a task; the first is the one that models are chosen by. */
export const scoresOfTask: Readonly<Record<ModelTask, readonly [ScoreMeaning, ...ScoreMeaning[]]>> =
  {
    classification: [
      {
        id: 'log-loss',
        title: 'Log loss',
        better: 'lower',
        formula: '−mean of ln(chance given to what came); 0.693 is a coin',
      },
      {
        id: 'auc',
        title: 'Area under the ROC curve',
        better: 'higher',
        formula: 'chance that an event was given more than a non-event; ½ is a coin',
      },
      { id: 'accuracy', title: 'Accuracy', better: 'higher', formula: 'share foretold at ½' },
      { id: 'brier', title: 'Brier score', better: 'lower', formula: 'mean of (p − y)²' },
    ],
    regression: [
      {
        id: 'r2',
        title: 'R² against the training mean',
        better: 'higher',
        formula: '1 − Σ (y − ŷ)² ÷ Σ (y − ȳ)², ȳ the mean of the training rows',
      },
      { id: 'mae', title: 'Mean absolute error', better: 'lower', formula: 'mean of |y − ŷ|' },
      {
        id: 'ic',
        title: 'Information coefficient',
        better: 'higher',
        formula:
          'correlation of ŷ and y, by date and averaged where there are 3 instruments or more',
      },
      {
        id: 'rank-ic',
        title: 'Rank information coefficient',
        better: 'higher',
        formula: 'the same of ranks',
      },
    ],
  };

/** Predictions with what came. */
export interface Judged {
  readonly predictions: Float64Array;
  readonly y: Float64Array;
  readonly times: Float64Array;
  /** What the mean of the training rows would have said, for R². */
  readonly mean: Float64Array;
}

/** Scores of predictions, all finite; null throughout where there are none. */
export function scoresOf(task: ModelTask, judged: Judged): Scores {
  const { predictions, y, times, mean } = judged;
  const n = y.length;
  if (n === 0) return Object.fromEntries(scoresOfTask[task].map(({ id }) => [id, null]));
  if (task === 'classification') {
    const { logLoss, brier, accuracy, areaUnderCurve } = classificationScores(predictions, y);
    return { 'log-loss': logLoss, auc: areaUnderCurve.value, accuracy, brier };
  }
  let wrong = 0;
  let base = 0;
  let absolute = 0;
  for (let i = 0; i < n; i++) {
    wrong += (y[i] - predictions[i]) ** 2;
    base += (y[i] - mean[i]) ** 2;
    absolute += Math.abs(y[i] - predictions[i]) / n;
  }
  return {
    r2: base > 0 ? 1 - wrong / base : null,
    mae: absolute,
    ic: coefficient(predictions, y, times, (each) => each),
    'rank-ic': coefficient(predictions, y, times, rank),
  };
}

/** Correlation by date, averaged over dates of 3 rows or more; over all rows where there is none. */
function coefficient(
  predictions: Float64Array,
  y: Float64Array,
  times: Float64Array,
  of: (values: Float64Array) => Float64Array,
): number | null {
  const found: number[] = [];
  for (let from = 0; from < y.length; ) {
    let until = from + 1;
    while (until < y.length && times[until] === times[from]) until += 1;
    const a = predictions.subarray(from, until);
    const b = y.subarray(from, until);
    const each = until - from >= 3 ? correlationOrNull(of(a), of(b)) : null;
    if (each !== null) found.push(each);
    from = until;
  }
  if (found.length > 0) return found.reduce((sum, each) => sum + each, 0) / found.length;
  return correlationOrNull(of(predictions), of(y));
}

/** What was foretold beside what came, for chances of about the same size. */
export interface CalibrationBin {
  readonly from: number;
  readonly until: number;
  readonly rows: number;
  /** Null where no chance fell in. */
  readonly foretold: number | null;
  readonly came: number | null;
}

/** Tenths of chances with their mean and the share that came true. */
export function calibrationTable(chances: Float64Array, labels: Float64Array): CalibrationBin[] {
  return Array.from({ length: 10 }, (_, bin) => {
    let rows = 0;
    let foretold = 0;
    let came = 0;
    for (let i = 0; i < chances.length; i++) {
      if (Math.min(9, Math.floor(chances[i] * 10)) !== bin) continue;
      rows += 1;
      foretold += chances[i];
      came += labels[i];
    }
    return {
      from: bin / 10,
      until: (bin + 1) / 10,
      rows,
      foretold: rows > 0 ? foretold / rows : null,
      came: rows > 0 ? came / rows : null,
    };
  });
}
