import { goesLeft, type RegressionTree, type TreeEnsemble } from './regression-tree.ts';

/** What each feature adds to one prediction. */
export interface TreeExplanation {
  /** Shapley values in units of the margin, shape [features]. */
  readonly contributions: Float64Array;
  /** The expected margin over the training data; bias + Σ contributions is the margin. */
  readonly bias: number;
}

/** The path of unique features on the way to a node: one element a feature, a dummy first. */
interface Path {
  readonly feature: Int32Array;
  /** Share of training weight that passes where the feature is not known. */
  readonly zero: Float64Array;
  /** 1 where the row itself passes, else 0. */
  readonly one: Float64Array;
  /** Weights of the sizes of subsets. */
  readonly weight: Float64Array;
  length: number;
}

const newPath = (depth: number): Path => ({
  feature: new Int32Array(depth),
  zero: new Float64Array(depth),
  one: new Float64Array(depth),
  weight: new Float64Array(depth),
  length: 0,
});

function copyInto(from: Path, to: Path): void {
  // Paths are a few elements long: a loop beats `set` on views that are made for it.
  for (let i = 0; i < from.length; i++) {
    to.feature[i] = from.feature[i];
    to.zero[i] = from.zero[i];
    to.one[i] = from.one[i];
    to.weight[i] = from.weight[i];
  }
  to.length = from.length;
}

function extend(path: Path, zero: number, one: number, feature: number): void {
  const depth = path.length;
  path.feature[depth] = feature;
  path.zero[depth] = zero;
  path.one[depth] = one;
  path.weight[depth] = depth === 0 ? 1 : 0;
  for (let i = depth - 1; i >= 0; i--) {
    path.weight[i + 1] += (one * path.weight[i] * (i + 1)) / (depth + 1);
    path.weight[i] = (zero * path.weight[i] * (depth - i)) / (depth + 1);
  }
  path.length = depth + 1;
}

/** Takes the element at `place` out again. */
function unwind(path: Path, place: number): void {
  const depth = path.length - 1;
  const one = path.one[place];
  const zero = path.zero[place];
  let next = path.weight[depth];
  for (let i = depth - 1; i >= 0; i--) {
    if (one !== 0) {
      const kept = path.weight[i];
      path.weight[i] = (next * (depth + 1)) / ((i + 1) * one);
      next = kept - (path.weight[i] * zero * (depth - i)) / (depth + 1);
    } else path.weight[i] = (path.weight[i] * (depth + 1)) / (zero * (depth - i));
  }
  for (let i = place; i < depth; i++) {
    path.feature[i] = path.feature[i + 1];
    path.zero[i] = path.zero[i + 1];
    path.one[i] = path.one[i + 1];
  }
  path.length = depth;
}

/** Sum of the weights that were left had the element at `place` been taken out. */
function unwoundSum(path: Path, place: number): number {
  const depth = path.length - 1;
  const one = path.one[place];
  const zero = path.zero[place];
  let next = path.weight[depth];
  let sum = 0;
  for (let i = depth - 1; i >= 0; i--) {
    if (one !== 0) {
      const weight = (next * (depth + 1)) / ((i + 1) * one);
      sum += weight;
      next = path.weight[i] - (weight * zero * (depth - i)) / (depth + 1);
    } else sum += (path.weight[i] * (depth + 1)) / (zero * (depth - i));
  }
  return sum;
}

function depthOf(tree: RegressionTree, node: number): number {
  if (tree.left[node] < 0) return 1;
  return 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));
}

/** Mean of the leaves by training weight. */
function expectation(tree: RegressionTree, node: number): number {
  if (tree.left[node] < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  return (
    (tree.cover[left] * expectation(tree, left) + tree.cover[right] * expectation(tree, right)) /
    (tree.cover[left] + tree.cover[right])
  );
}

/** What one tree adds for one row, into `out`. `levels` has a path for each level, whatever is in it. */
function explainTree(
  tree: RegressionTree,
  row: ArrayLike<number>,
  single: boolean,
  levels: readonly Path[],
  out: Float64Array,
): void {
  const visit = (node: number, level: number, zero: number, one: number, feature: number): void => {
    const path = levels[level] as Path;
    if (level > 0) copyInto(levels[level - 1] as Path, path);
    else path.length = 0;
    extend(path, zero, one, feature);
    if (tree.left[node] < 0) {
      for (let i = 1; i < path.length; i++) {
        const share = unwoundSum(path, i) * (path.one[i] - path.zero[i]);
        out[path.feature[i]] += share * tree.value[node];
      }
      return;
    }
    const split = tree.feature[node];
    const goes = goesLeft(tree, node, row[split] as number, single);
    const hot = goes ? tree.left[node] : tree.right[node];
    const cold = goes ? tree.right[node] : tree.left[node];
    let incomingZero = 1;
    let incomingOne = 1;
    for (let i = 1; i < path.length; i++) {
      if (path.feature[i] !== split) continue;
      incomingZero = path.zero[i];
      incomingOne = path.one[i];
      unwind(path, i);
      break;
    }
    const cover = tree.cover[hot] + tree.cover[cold];
    // The children copy the path as it is now, so each sees what its parent left. A branch that
    // neither training weight nor the row can reach adds nothing to any subset.
    const follow = (child: number, one: number): void => {
      const share = (incomingZero * tree.cover[child]) / cover;
      if (share > 0 || one > 0) visit(child, level + 1, share, one, split);
    };
    follow(hot, incomingOne);
    follow(cold, 0);
  };
  visit(0, 0, 1, 1, -1);
}

/**
 * Exact Shapley values of a tree ensemble's margin for one row, where features that are not known are
 * averaged by the weights of the training data along the paths (path-dependent TreeSHAP).
 *
 * φⱼ = Σ_{S ⊆ F∖{j}} |S|! (|F| − |S| − 1)! ÷ |F|! × [f(S ∪ {j}) − f(S)].
 *
 * @param row Shape [features]; NaN where a value is missing.
 *
 * Cost: leaves × depth² a tree. Source: Lundberg, Erion and Lee, "Consistent individualized feature
 * attribution for tree ensembles" (2018), algorithm 2; equal to xgboost's `pred_contribs`, which
 * computes in 32 bits.
 */
export const explainTrees = (ensemble: TreeEnsemble, row: ArrayLike<number>): TreeExplanation =>
  treeExplainer(ensemble)(row);

/** `explainTrees` for many rows: what they share is made once. */
export function treeExplainer(ensemble: TreeEnsemble): (row: ArrayLike<number>) => TreeExplanation {
  const { trees, features, single, start } = ensemble;
  const depth = 1 + trees.reduce((most, tree) => Math.max(most, depthOf(tree, 0)), 0);
  // One path for each level, so that both children start from their parent's.
  const levels = Array.from({ length: depth + 1 }, () => newPath(depth + 1));
  const bias = trees.reduce((sum, tree) => sum + expectation(tree, 0), start);
  return (row) => {
    const contributions = new Float64Array(features);
    for (const tree of trees) explainTree(tree, row, single, levels, contributions);
    return { contributions, bias };
  };
}
