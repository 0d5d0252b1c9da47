import type { Day } from '@plimsoll/kernel';
import type { FeatureDefinition } from '../learning/feature-definition.ts';
import type { FittedModel } from '../learning/fit-model.ts';
import type { BacktestSettings } from './settings.ts';

/** Predictions that were made before the run, each resting on what was known at its time. */
export interface PredictionColumn {
  /** Id of the instrument. */
  readonly instrument: string;
  /** Milliseconds, strictly rising. */
  readonly known: Float64Array;
  /** NaN where there is none. */
  readonly value: Float64Array;
}

/** A model that has learnt and whose predictions a run's strategy sees. */
export interface MarketModel {
  /** `trend@2`, what reports call it. */
  readonly name: string;
  /** Number of parameter sets that were tried until it was chosen; null where nobody knows. */
  readonly tries: number | null;
  /** What it learnt from; null where nobody knows. */
  readonly learnt: {
    readonly from: Day;
    /** The day on which the last thing that it learnt was known: later days it has not seen. */
    readonly until: Day;
  } | null;
  readonly predictions:
    | {
        readonly kind: 'computed';
        readonly features: FeatureDefinition;
        readonly fitted: FittedModel;
        /** What bars it learnt from, and is shown. */
        readonly adjust: BacktestSettings['adjust'];
      }
    | { readonly kind: 'given'; readonly columns: readonly PredictionColumn[] };
}
