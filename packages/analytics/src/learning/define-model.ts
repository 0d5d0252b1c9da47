import type { Json, ParameterTable, Random, Result, ValuesOf } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';

/** What is foretold: a number, or the chance of label 1 against label 0. */
export type ModelTask = 'regression' | 'classification';

/** Rows to learn from, oldest first. */
export interface TrainingRows {
  /** [rows × features], row-major; NaN where a value is missing. */
  readonly x: Matrix;
  /** What is to be foretold, shape [rows], finite; 0 or 1 for classification. */
  readonly y: Float64Array;
  /** What a row counts for, ≥ 0, not all 0; shape [rows]. */
  readonly weights: Float64Array;
  /** When each row is known, and when its label is: milliseconds since 1970 UTC, shape [rows]. */
  readonly times: Float64Array;
  readonly ends: Float64Array;
}

/** What learning may need that pure code does not have. */
export interface FitTools {
  readonly task: ModelTask;
  readonly random: Random;
  /** Asked now and then; learning ends with a refusal where it answers true. */
  readonly shouldStop?: () => boolean;
}

/** What each feature adds to each prediction. */
export interface Explanation {
  /** [rows × features], in units of the margin: of the prediction itself, or of its log-odds. */
  readonly contributions: Matrix;
  /** What stands before any feature is known; bias + Σ contributions of a row is its margin. */
  readonly bias: number;
}

/** A model that has learnt and is ready to foretell. */
export interface OpenModel {
  readonly task: ModelTask;
  readonly features: number;
  /**
   * Shape [rows]: the number foretold, or the chance of label 1. NaN where a row misses a value and
   * the model cannot do without. Throws where the matrix has other columns than the model learnt.
   */
  predict(x: Matrix): Float64Array;
  explain?(x: Matrix): Explanation;
}

/**
 * A kind of model. A folder `models/<id>/` whose index exports it by default is all that it takes.
 * What it has learnt is data that JSON can hold, so that it can be kept, sent and read again.
 */
export interface Model<T extends ParameterTable = ParameterTable> {
  /** `random-forest`, as its folder. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does and when it serves. */
  readonly summary: string;
  /** In plain Unicode: what is minimised. */
  readonly formula: string;
  readonly source: string;
  readonly tasks: readonly ModelTask[];
  readonly params: T;
  /** Whether rows with missing values can be learnt from and foretold. */
  readonly takesMissing: boolean;
  /**
   * Learns. The rows and parameters have been checked (`fitModel`).
   *
   * @returns what was learnt; refused where it cannot be learnt from these rows.
   */
  fit(rows: TrainingRows, values: ValuesOf<T>, tools: FitTools): Result<Json>;
  /** Reads what was learnt. Refused where it is not what `fit` gives. */
  open(learnt: Json): Result<OpenModel>;
}

/** Keeps the literal types of the parameters while the model is written, and forgets them after. */
export function defineModel<const T extends ParameterTable>(model: Model<T>): Model {
  // Values reach `fit` only through the check against this very table.
  return model as unknown as Model;
}
