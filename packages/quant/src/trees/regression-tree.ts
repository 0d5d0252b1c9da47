/** One regression tree as columns over its nodes, the root first; leaves have no children (−1). */
export interface RegressionTree {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** Below it goes left. */
  readonly threshold: Float64Array;
  /** Whether a missing value goes left: 1 or 0. */
  readonly missingLeft: Uint8Array;
  /** What a leaf adds. */
  readonly value: Float64Array;
  /** Weight of the training observations that passed through. */
  readonly cover: Float64Array;
}

/** Trees whose leaves add up, over a start. */
export interface TreeEnsemble {
  readonly trees: readonly RegressionTree[];
  readonly features: number;
  /** Empty where the model has none. */
  readonly featureNames: readonly string[];
  /** What the sum starts from, before the link. */
  readonly start: number;
  /** What turns the sum (the margin) into a prediction. */
  readonly link: 'identity' | 'logistic' | 'exponential';
  /** Whether values are compared as 32-bit floats, as xgboost does. */
  readonly single: boolean;
}

/** Whether a row goes left at a node; NaN goes where missing values go. */
export function goesLeft(
  tree: RegressionTree,
  node: number,
  value: number,
  single: boolean,
): boolean {
  if (Number.isNaN(value)) return tree.missingLeft[node] === 1;
  return (single ? Math.fround(value) : value) < tree.threshold[node];
}

/** The value of the leaf that a row falls in. The row starts at `offset` of `data`. */
export function leafOf(
  tree: RegressionTree,
  data: ArrayLike<number>,
  offset: number,
  single: boolean,
): number {
  let node = 0;
  while (tree.left[node] >= 0) {
    const value = data[offset + tree.feature[node]] as number;
    node = goesLeft(tree, node, value, single) ? tree.left[node] : tree.right[node];
  }
  return tree.value[node];
}

/** The sum of all leaves that a row falls in, over the start: the margin. */
export function treeMargin({ trees, start, single }: TreeEnsemble, row: ArrayLike<number>): number {
  let sum = start;
  for (const tree of trees) sum += leafOf(tree, row, 0, single);
  return sum;
}

/** The prediction of a margin: itself, 1 ÷ (1 + e^(−m)) or e^m. */
export const predictionOf = ({ link }: Pick<TreeEnsemble, 'link'>, margin: number): number => {
  if (link === 'identity') return margin;
  return link === 'logistic' ? 1 / (1 + Math.exp(-margin)) : Math.exp(margin);
};
