import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { OpenModel } from './define-model.ts';

/** From where a prediction is a signal: chances for a classification, numbers for a regression. */
export interface SignalThresholds {
  /** Long from this on. */
  readonly long: number;
  /** Short up to this; null never. Below `long`. */
  readonly short: number | null;
}

/** What a model foretells of each row, and what to do about it. */
export interface ModelSignal {
  /** Shape [rows]; NaN where a row cannot be foretold. */
  readonly predictions: Float64Array;
  /** 1 long, −1 short, 0 neither; 0 where there is no prediction. Shape [rows]. */
  readonly sides: Float64Array;
}

/**
 * The signal of each row of features. The rows must be of the features that the model learnt, in their
 * order; a row uses nothing but itself, so that one row live gives what the same row gave in a history.
 * Throws where `short` is not below `long`.
 */
export function signalOf(model: OpenModel, x: Matrix, thresholds: SignalThresholds): ModelSignal {
  const predictions = model.predict(x);
  return { predictions, sides: sidesOf(predictions, thresholds) };
}

/** The same of predictions that were made elsewhere, as by an ONNX model. Shape [rows]. */
export function sidesOf(
  predictions: Float64Array,
  { long, short }: SignalThresholds,
): Float64Array {
  if (!(short === null || short < long)) {
    throw new RangeError(`The threshold ${short} for short must be below ${long} for long.`);
  }
  return predictions.map((each) => {
    if (each >= long) return 1;
    return short !== null && each <= short ? -1 : 0;
  });
}
