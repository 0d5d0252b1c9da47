export { assembleRows, type InstrumentLabels, type LabelledRows } from './assemble-rows.ts';
export { type ClassificationScores, classificationScores } from './classification-scores.ts';
export {
  type CombinatorialSplits,
  combinatorialCounts,
  combinatorialPurged,
  type Purging,
  purgedFolds,
  type Split,
  walkForward,
} from './cross-validation.ts';
export type {
  Explanation,
  FitTools,
  Model,
  ModelTask,
  OpenModel,
  TrainingRows,
} from './define-model.ts';
export {
  type ColumnDrift,
  columnDrift,
  type DriftVerdict,
  type InputDrift,
  inputDrift,
  worstVerdict,
} from './drift.ts';
export { type ColumnReference, type DriftReference, driftReference } from './drift-reference.ts';
export { barsFingerprint, type FeatureCache, featureCache } from './feature-cache.ts';
export {
  type Digest,
  type FeatureDefinition,
  type FeatureSpec,
  featureVersion,
  readFeatureDefinition,
} from './feature-definition.ts';
export { computeFeatures, type FeatureMatrix } from './feature-matrix.ts';
export { type FittedModel, fitModel, openModel } from './fit-model.ts';
export {
  type FractionalDifference,
  fractionalDifference,
  fractionalWeights,
} from './fractional-difference.ts';
export {
  type LabelDefinition,
  type Labels,
  type LearningBars,
  labelBars,
  labelParameter,
  labelTask,
} from './labels.ts';
export {
  type LearningRequest,
  type LearningTools,
  type LearntModel,
  learnModel,
} from './learn-model.ts';
export { type LogisticModel, logisticChances, logisticRegression } from './logistic-regression.ts';
export { type CardDrift, modelCard } from './model-card.ts';
export type { ModelData, ModelRecord, ModelVersion } from './model-record.ts';
export {
  type OverfittingProbability,
  overfittingProbability,
  type TrialScore,
} from './overfitting-probability.ts';
export { type PerformanceDrift, performanceDrift } from './performance-drift.ts';
export { type Judged, type Scores, scoresOf, scoresOfTask } from './prediction-scores.ts';
export { sampleWeights } from './sample-weights.ts';
export { type ModelSignal, type SignalThresholds, sidesOf, signalOf } from './signal-of.ts';
export { timeSplits, type Validation } from './time-splits.ts';
export { type Training, type TrainingRequest, trainModel } from './train-model.ts';
export { readXgboostModel } from './tree-ensemble.ts';
export { type ParameterSearch, type TunedTry, type Tuning, tuneModel } from './tune-model.ts';
