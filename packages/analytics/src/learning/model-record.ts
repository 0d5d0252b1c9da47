import type { Day } from '@plimsoll/kernel';
import type { ModelTask } from './define-model.ts';
import type { DriftReference } from './drift-reference.ts';
import type { FeatureDefinition } from './feature-definition.ts';
import type { FeatureImportance } from './feature-importance.ts';
import type { LabelDefinition } from './labels.ts';
import type { CalibrationBin, Scores } from './prediction-scores.ts';
import type { Validation } from './time-splits.ts';
import type { FoldResult } from './train-model.ts';

/** Which version of which model. */
export interface ModelVersion {
  readonly id: string;
  /** From 1. */
  readonly version: number;
}

/** From what a model learnt. */
export interface ModelData {
  /** `barsFingerprint` of all bars. */
  readonly fingerprint: string;
  readonly instruments: readonly string[];
  /** First and last day of the rows learnt from; null where there is none. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly rows: number;
  /** Rows left out as they miss a value that the model needs. */
  readonly rowsMissing: number;
}

/**
 * Everything that is to be known of a model that has learnt, as plain data: where it comes from, how it
 * did, and how to make it again. What it learnt itself is kept beside it, under `fittedDigest`.
 */
export interface ModelRecord extends ModelVersion {
  readonly title: string;
  /** Id of the kind of model, and its parameters as they were given. */
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly task: ModelTask;
  readonly features: FeatureDefinition;
  readonly featureVersion: string;
  readonly label: LabelDefinition;
  readonly weighting: 'equal' | 'uniqueness' | 'return';
  readonly data: ModelData;
  readonly validation: Validation;
  readonly scores: Scores;
  /** Of the baselines, on the same rows. */
  readonly mean: Scores;
  readonly last: Scores;
  readonly folds: readonly FoldResult[];
  readonly calibration: readonly CalibrationBin[];
  readonly importance: readonly FeatureImportance[];
  readonly importanceStability: number | null;
  readonly placebo: Scores | null;
  readonly warnings: readonly string[];
  /** Parameter sets that were tried, this one included: the more, the more the best owes to luck. */
  readonly tries: number;
  readonly seed: number;
  /** Version of the code that learnt it. */
  readonly codeVersion: string;
  /** Digest of the canonical JSON of what was learnt. */
  readonly fittedDigest: string;
  /** The model that this one replaces. */
  readonly parent: ModelVersion | null;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly drift: DriftReference;
}
