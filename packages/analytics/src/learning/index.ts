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
export {
  type FractionalDifference,
  fractionalDifference,
  fractionalWeights,
} from './fractional-difference.ts';
export { type LogisticModel, logisticChances, logisticRegression } from './logistic-regression.ts';
export {
  type OverfittingProbability,
  overfittingProbability,
  type TrialScore,
} from './overfitting-probability.ts';
export { readXgboostModel } from './tree-ensemble.ts';
