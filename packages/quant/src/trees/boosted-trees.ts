import type { Matrix } from '../linear-algebra/matrix.ts';
import { binFeatures } from './bin-features.ts';
import { type Chance, chooseFirst } from './chance.ts';
import { TreeGrower } from './grow-tree.ts';
import { leafOf, type RegressionTree, type TreeEnsemble } from './regression-tree.ts';

/** How boosted trees are learnt. */
export interface BoostingOptions {
  /** `squared` foretells a number; `logistic` the chance of labels 0 and 1. */
  readonly loss: 'squared' | 'logistic';
  /** The most trees. */
  readonly trees: number;
  /** Share of each tree that is added, above 0 to 1. */
  readonly learningRate: number;
  readonly maxDepth: number;
  /** Least sum of curvature of a leaf: rows for squared loss, Σ p (1 − p) for logistic. */
  readonly minChildWeight: number;
  /** λ ≥ 0 on the leaves. */
  readonly l2: number;
  /** Gain that a split must exceed. */
  readonly minGain: number;
  /** Share of the rows, without putting back, and of the features that each tree is grown on. */
  readonly rowShare: number;
  readonly columnShare: number;
  readonly bins: number;
  /** The margin to start from; that of the mean label if not given. */
  readonly start?: number;
  /** Rows to judge by: when so many trees in turn were no better there, those are taken off again. */
  readonly validation?: {
    readonly x: Matrix;
    readonly y: Float64Array;
    readonly weights: Float64Array;
    readonly patience: number;
  };
  /** Asked before each tree; growth ends with what there is where it answers true. */
  readonly shouldStop?: () => boolean;
}

/** Boosted trees and how their loss fell. */
export interface BoostedTrees {
  readonly ensemble: TreeEnsemble;
  /** Mean loss on the training rows after each tree that was grown. */
  readonly loss: readonly number[];
  /** The same on the validation rows; empty without any. */
  readonly validationLoss: readonly number[];
}

const logistic = (m: number): number => 1 / (1 + Math.exp(-m));

/**
 * Gradient-boosted regression trees on histograms: each tree approximates the minimum of the loss's
 * second-order expansion around what the trees before it say (`TreeGrower`).
 *
 * Loss of a row: ½ (y − m)², or ln(1 + e^m) − y m.
 *
 * @param x [rows × features], row-major; NaN is missing and goes its own way. @param y Shape [rows];
 *   0 or 1 for logistic. @param weights ≥ 0, not all 0, shape [rows].
 * @returns the same trees for the same chance.
 *
 * Cost: rows × features × depth a tree. Source: Jerome Friedman, Greedy function approximation: a
 * gradient boosting machine (2001); Chen and Guestrin, XGBoost (2016). With as many bins as distinct
 * values, no sampling and start 0 the trees are those of xgboost's `exact` method, up to its 32 bits.
 */
export function boostTrees(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
  options: BoostingOptions,
  chance: Chance,
): BoostedTrees {
  const { rows: n, columns: k } = x;
  const { loss, learningRate, validation } = options;
  const start = options.start ?? startOf(loss, y, weights);
  const binned = binFeatures(x, options.bins);
  const grower = new TreeGrower(binned, {
    maxDepth: options.maxDepth,
    minLeafRows: 1,
    minLeafWeight: options.minChildWeight,
    l2: options.l2,
    minGain: options.minGain,
    featuresPerSplit: k,
  });
  const margins = new Float64Array(n).fill(start);
  const judged = new Float64Array(validation?.x.rows ?? 0).fill(start);
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n);
  const places = Int32Array.from({ length: n }, (_, i) => i);
  const columns = Int32Array.from({ length: k }, (_, j) => j);
  const rowCount = Math.max(1, Math.floor(options.rowShare * n));
  const columnCount = Math.max(1, Math.floor(options.columnShare * k));
  const trees: RegressionTree[] = [];
  const losses: number[] = [];
  const validationLoss: number[] = [];
  let bestRound = 0;
  while (trees.length < options.trees && options.shouldStop?.() !== true) {
    derivatives(loss, margins, y, weights, gradient, curvature);
    const tree = grower.grow(
      gradient,
      curvature,
      drawn(places, rowCount, chance),
      drawn(columns, columnCount, chance),
      learningRate,
      chance,
    );
    trees.push(tree);
    addLeaves(tree, x, margins);
    losses.push(meanLoss(loss, margins, y, weights));
    if (!validation) continue;
    addLeaves(tree, validation.x, judged);
    validationLoss.push(meanLoss(loss, judged, validation.y, validation.weights));
    const last = trees.length - 1;
    if ((validationLoss[last] as number) < (validationLoss[bestRound] as number)) bestRound = last;
    if (last - bestRound >= validation.patience) break;
  }
  return {
    ensemble: {
      trees: validation ? trees.slice(0, bestRound + 1) : trees,
      features: k,
      featureNames: [],
      start,
      link: loss === 'logistic' ? 'logistic' : 'identity',
      single: false,
    },
    loss: losses,
    validationLoss,
  };
}

/** A random choice in ascending order; all, and no draw, where all are asked for. */
function drawn(from: Int32Array, count: number, chance: Chance): Int32Array {
  const all = from.slice();
  if (count >= from.length) return all;
  chooseFirst(all, count, chance);
  return all.slice(0, count).sort();
}

/** The margin of the weighted mean label; chances are kept from 0 and 1. */
function startOf(loss: BoostingOptions['loss'], y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i] * y[i];
    total += weights[i];
  }
  const mean = sum / total;
  if (loss === 'squared') return mean;
  const chance = Math.min(1 - 1e-6, Math.max(1e-6, mean));
  return Math.log(chance / (1 - chance));
}

function derivatives(
  loss: BoostingOptions['loss'],
  margins: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  for (let i = 0; i < y.length; i++) {
    if (loss === 'squared') {
      gradient[i] = weights[i] * (margins[i] - y[i]);
      curvature[i] = weights[i];
      continue;
    }
    const chance = logistic(margins[i]);
    gradient[i] = weights[i] * (chance - y[i]);
    curvature[i] = weights[i] * Math.max(1e-16, chance * (1 - chance));
  }
}

function addLeaves(tree: RegressionTree, { rows, columns, data }: Matrix, to: Float64Array): void {
  for (let i = 0; i < rows; i++) to[i] += leafOf(tree, data, i * columns, false);
}

function meanLoss(
  loss: BoostingOptions['loss'],
  margins: Float64Array,
  y: Float64Array,
  weights: Float64Array,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const m = margins[i];
    const each =
      loss === 'squared'
        ? 0.5 * (y[i] - m) ** 2
        : Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - y[i] * m;
    sum += weights[i] * each;
    total += weights[i];
  }
  return sum / total;
}
