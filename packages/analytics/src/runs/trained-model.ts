import type { Day } from '@plimsoll/kernel';
import type { BacktestSettings } from '../backtest/settings.ts';
import type { FittedModel } from '../learning/fit-model.ts';
import type { ModelRecord } from '../learning/model-record.ts';

/** A record without what makes it one of several: the same inputs give the same. */
export type LearntRecord = Omit<
  ModelRecord,
  'version' | 'tries' | 'codeVersion' | 'parent' | 'createdAt'
>;

/** What was foretold of rows that were not learnt from, oldest first, as columns. */
export interface OutOfFold {
  readonly times: readonly number[];
  readonly y: readonly number[];
  readonly predictions: readonly number[];
}

/** A model that has learnt, with everything that using it needs; plain data. */
export interface TrainedModel {
  readonly record: LearntRecord;
  readonly fitted: FittedModel;
  /** What bars it learnt from. */
  readonly adjust: BacktestSettings['adjust'];
  /** The day on which its last label was known. */
  readonly learntUntil: Day;
  readonly outOfFold: OutOfFold;
}

/** What came of a training as data. */
export interface TrainingReport {
  readonly kind: 'training';
  readonly headline: string;
  readonly model: TrainedModel;
}
