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
export {
  predictionOf,
  type RegressionTree,
  readXgboostModel,
  type TreeEnsemble,
  treeMargin,
} from './tree-ensemble.ts';
export { explainTrees, type TreeExplanation } from './tree-explanation.ts';
