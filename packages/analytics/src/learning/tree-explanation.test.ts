import { type Random, seededRandom } from '@plimsoll/kernel';
import {
  explainTrees,
  predictionOf,
  type RegressionTree,
  type TreeEnsemble,
  treeMargin,
} from '@plimsoll/quant/trees';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXgboostModel } from './tree-ensemble.ts';

/** A tree of random splits as xgboost writes it. */
function randomTree(random: Random, depth: number, features: number) {
  const columns = {
    left_children: [] as number[],
    right_children: [] as number[],
    split_indices: [] as number[],
    split_conditions: [] as number[],
    default_left: [] as number[],
    sum_hessian: [] as number[],
  };
  const grow = (level: number, cover: number): number => {
    const node = columns.left_children.length;
    columns.left_children.push(-1);
    columns.right_children.push(-1);
    columns.split_indices.push(random.integer(features));
    columns.split_conditions.push(Math.fround(random.normal()));
    columns.default_left.push(random.integer(2));
    columns.sum_hessian.push(cover);
    if (level > 0 && cover > 0 && random.next() > 0.15) {
      const share = random.next() < 0.05 ? 0 : random.next();
      columns.left_children[node] = grow(level - 1, cover * share);
      columns.right_children[node] = grow(level - 1, cover * (1 - share));
    }
    return node;
  };
  grow(depth, 100);
  return columns;
}

const model = (trees: readonly object[], features: number, objective = 'reg:squarederror') => ({
  learner: {
    learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: String(features) },
    objective: { name: objective },
    gradient_booster: { model: { trees } },
  },
});

function read(json: unknown): TreeEnsemble {
  const found = readXgboostModel(json);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

/** Expected margin of a tree where only some features are known. */
function known(tree: RegressionTree, row: readonly number[], set: ReadonlySet<number>): number {
  const walk = (node: number): number => {
    const [left = -1, right = -1] = [tree.left[node], tree.right[node]];
    if (left < 0) return tree.value[node] ?? 0;
    const feature = tree.feature[node] ?? 0;
    if (set.has(feature)) {
      return walk(Math.fround(row[feature] ?? 0) < (tree.threshold[node] ?? 0) ? left : right);
    }
    const [a = 0, b = 0] = [tree.cover[left], tree.cover[right]];
    return (a * walk(left) + b * walk(right)) / (a + b);
  };
  return walk(0);
}

/** Shapley values from their definition, over all subsets. */
function byDefinition({ trees, features }: TreeEnsemble, row: readonly number[]): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: features }, (_, j) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** features; mask++) {
      if ((mask >> j) & 1) continue;
      const set = new Set(
        Array.from({ length: features }, (_, k) => k).filter((k) => (mask >> k) & 1),
      );
      const weight =
        (factorial(set.size) * factorial(features - set.size - 1)) / factorial(features);
      for (const tree of trees) {
        sum += weight * (known(tree, row, new Set([...set, j])) - known(tree, row, set));
      }
    }
    return sum;
  });
}

describe('Shapley values of trees', () => {
  it('are those of the definition, features met twice and empty branches included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, features) => {
        const random = seededRandom(seed);
        const trees = [randomTree(random, 4, features), randomTree(random, 3, features)];
        const ensemble = read(model(trees, features));
        const row = Array.from({ length: features }, () => random.normal());
        const { contributions } = explainTrees(ensemble, row);
        byDefinition(ensemble, row).forEach((wanted, j) => {
          expect(Math.abs((contributions[j] ?? 0) - wanted)).toBeLessThan(1e-10);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('add up to the margin, with missing values too', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = seededRandom(seed);
        const ensemble = read(model([randomTree(random, 6, 5), randomTree(random, 6, 5)], 5));
        const row = Array.from({ length: 5 }, () =>
          random.next() < 0.2 ? Number.NaN : random.normal(),
        );
        const { contributions, bias } = explainTrees(ensemble, row);
        const sum = contributions.reduce((total, value) => total + value, bias);
        expect(Math.abs(sum - treeMargin(ensemble, row))).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });
});

describe('reading a model', () => {
  const stump = {
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [0, 0, 0],
    split_conditions: [0.5, -1, 2],
    default_left: [1, 0, 0],
    sum_hessian: [10, 4, 6],
  };

  it('knows thresholds, missing values and links', () => {
    const ensemble = read(model([stump], 1, 'binary:logistic'));
    expect([0.4, 0.5, Number.NaN].map((x) => treeMargin(ensemble, [x]))).toEqual([-1, 2, -1]);
    expect(predictionOf(ensemble, 0)).toBe(0.5);
    expect(predictionOf(read(model([stump], 1, 'count:poisson')), 0)).toBe(1);
  });

  it.each([
    ['nothing', null],
    ['an objective that is not known', model([stump], 1, 'survival:aft')],
    ['no trees', model([], 1)],
    ['a feature beyond the last', model([{ ...stump, split_indices: [3, 0, 0] }], 1)],
    ['children that lead back', model([{ ...stump, left_children: [1, 1, -1] }], 1)],
    ['children that are not there', model([{ ...stump, left_children: [9, -1, -1] }], 1)],
    ['categories', model([{ ...stump, split_type: [1, 0, 0] }], 1)],
    ['splits without weight', model([{ ...stump, sum_hessian: [0, 0, 0] }], 1)],
  ])('refuses %s', (_, json) => {
    const found = readXgboostModel(json);
    expect(found.ok ? '' : found.fault.code).toBe('model.format');
  });
});
