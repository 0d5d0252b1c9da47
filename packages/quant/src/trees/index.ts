export { type BoostedTrees, type BoostingOptions, boostTrees } from './boosted-trees.ts';
export type { Chance } from './chance.ts';
export { explainTrees, type TreeExplanation, treeExplainer } from './explain-trees.ts';
export { type Forest, type ForestOptions, growForest } from './random-forest.ts';
export {
  predictionOf,
  type RegressionTree,
  type TreeEnsemble,
  treeMargin,
} from './regression-tree.ts';
