import type { Matrix } from '../linear-algebra/matrix.ts';
import { binFeatures } from './bin-features.ts';
import type { Chance } from './chance.ts';
import { TreeGrower } from './grow-tree.ts';
import { leafOf, type RegressionTree, type TreeEnsemble } from './regression-tree.ts';

/** How a forest is grown. */
export interface ForestOptions {
  readonly trees: number;
  readonly maxDepth: number;
  /** Least rows of a leaf. */
  readonly minLeafRows: number;
  /** Features tried at each split. */
  readonly featuresPerSplit: number;
  /** Rows drawn for each tree, with putting back, as a share of all. */
  readonly rowShare: number;
  readonly bins: number;
  /** Asked before each tree; growth ends with what there is where it answers true. */
  readonly shouldStop?: () => boolean;
}

/** A forest and what it said of rows that its trees had not seen. */
export interface Forest {
  /** Its margin is the mean over the trees of the weighted mean of y in the row's leaf. */
  readonly ensemble: TreeEnsemble;
  /** Mean over the trees that did not learn from the row; NaN where all did. Shape [rows]. */
  readonly outOfBag: Float64Array;
}

/**
 * A random forest: trees grown on bootstrapped rows with a few features tried at each split, and
 * averaged. For labels 0 and 1 the fall of squared error is half that of Gini impurity, so the same
 * forest classifies and its mean is a chance.
 *
 * @param x [rows × features], row-major; NaN is missing. @param y Shape [rows]. @param weights ≥ 0,
 *   not all 0, shape [rows]: they weigh leaves and splits, not the draws.
 *
 * Cost: trees × rows × log rows × features tried. Source: Leo Breiman, Random forests (2001).
 */
export function growForest(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
  options: ForestOptions,
  chance: Chance,
): Forest {
  const { rows: n, columns: k } = x;
  const start = weightedMean(y, weights);
  const grower = new TreeGrower(binFeatures(x, options.bins), {
    maxDepth: options.maxDepth,
    minLeafRows: options.minLeafRows,
    minLeafWeight: 0,
    l2: 0,
    // Less than rounding leaves of a split that gains nothing.
    minGain: 1e-14 * spreadOf(y, weights, start),
    featuresPerSplit: options.featuresPerSplit,
  });
  const draws = Math.max(1, Math.round(options.rowShare * n));
  const times = new Int32Array(n);
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n);
  const columns = Int32Array.from({ length: k }, (_, j) => j);
  const outSum = new Float64Array(n);
  const outTrees = new Int32Array(n);
  const grown: RegressionTree[] = [];
  while (grown.length < options.trees && options.shouldStop?.() !== true) {
    times.fill(0);
    for (let i = 0; i < draws; i++) times[chance.integer(n)] += 1;
    let taken = 0;
    const rows = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const weight = times[i] * weights[i];
      if (weight === 0) continue;
      rows[taken++] = i;
      gradient[i] = weight * (start - y[i]);
      curvature[i] = weight;
    }
    const tree = grower.grow(gradient, curvature, rows.slice(0, taken), columns, 1, chance);
    for (let i = 0; i < n; i++) {
      if (times[i] > 0) continue;
      outSum[i] += leafOf(tree, x.data, i * k, false);
      outTrees[i] += 1;
    }
    grown.push(tree);
  }
  const shared = grown.map((tree) => ({
    ...tree,
    value: tree.value.map((each) => each / grown.length),
  }));
  return {
    ensemble: {
      trees: shared,
      features: k,
      featureNames: [],
      start,
      link: 'identity',
      single: false,
    },
    outOfBag: outSum.map((sum, i) =>
      outTrees[i] === 0 ? Number.NaN : start + sum / (outTrees[i] as number),
    ),
  };
}

function weightedMean(y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i] * y[i];
    total += weights[i];
  }
  return sum / total;
}

function spreadOf(y: Float64Array, weights: Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += weights[i] * (y[i] - mean) ** 2;
  return sum;
}
