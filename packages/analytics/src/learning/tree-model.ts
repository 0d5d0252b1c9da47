import { type Json, ok, type Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import {
  predictionOf,
  type RegressionTree,
  type TreeEnsemble,
  treeExplainer,
  treeMargin,
} from '@plimsoll/quant/trees';
import type { Explanation, ModelTask, OpenModel } from './define-model.ts';
import { listed, notStored, numbersOf, recordOf, requireColumns, taskOf } from './stored-model.ts';
import { isTree } from './tree-columns.ts';

/** Trees as JSON holds them. */
export const storedTrees = (task: ModelTask, ensemble: TreeEnsemble, more: Json = {}): Json => ({
  task,
  features: ensemble.features,
  start: ensemble.start,
  link: ensemble.link,
  learning: more,
  trees: ensemble.trees.map(({ left, right, feature, threshold, missingLeft, value, cover }) => ({
    left: listed(left),
    right: listed(right),
    feature: listed(feature),
    threshold: listed(threshold),
    missingLeft: listed(missingLeft),
    value: listed(value),
    cover: listed(cover),
  })),
});

function treeOf(value: unknown, features: number): RegressionTree | undefined {
  const read = recordOf(value);
  const column = (name: string): readonly number[] | undefined => numbersOf(read?.[name]);
  const left = column('left');
  const right = column('right');
  const feature = column('feature');
  const threshold = column('threshold');
  const missingLeft = column('missingLeft');
  const leaves = column('value');
  const cover = column('cover');
  if (!(left && right && feature && threshold && missingLeft && leaves && cover)) return undefined;
  const sizes = [right, feature, threshold, missingLeft, leaves, cover];
  if (left.length === 0 || !sizes.every(({ length }) => length === left.length)) return undefined;
  if (!feature.every((each) => Number.isInteger(each) && each >= 0 && each < features)) {
    return undefined;
  }
  if (!isTree(left, right, cover)) return undefined;
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    missingLeft: Uint8Array.from(missingLeft),
    value: Float64Array.from(leaves),
    cover: Float64Array.from(cover),
  };
}

/** Reads stored trees. */
export function openTrees(id: string, learnt: Json): Result<OpenModel> {
  const read = recordOf(learnt);
  const task = taskOf(read?.['task']);
  const features = read?.['features'];
  const start = read?.['start'];
  const link = read?.['link'];
  const given = read?.['trees'];
  if (typeof features !== 'number' || !(features >= 1)) return notStored(id);
  if (typeof start !== 'number' || !Array.isArray(given) || !task) return notStored(id);
  if (link !== 'identity' && link !== 'logistic') return notStored(id);
  const trees = given.map((each) => treeOf(each, features));
  if (!trees.every((tree) => tree !== undefined)) return notStored(id);
  const ensemble: TreeEnsemble = { trees, features, featureNames: [], start, link, single: false };
  return ok({
    task,
    features,
    predict(x: Matrix): Float64Array {
      requireColumns(x, features);
      return Float64Array.from({ length: x.rows }, (_, i) =>
        predictionOf(ensemble, treeMargin(ensemble, rowOf(x, i))),
      );
    },
    explain: (x: Matrix): Explanation => {
      requireColumns(x, features);
      const contributions = matrix(x.rows, features);
      const explain = treeExplainer(ensemble);
      let bias = start;
      for (let i = 0; i < x.rows; i++) {
        const explained = explain(rowOf(x, i));
        contributions.data.set(explained.contributions, i * features);
        bias = explained.bias;
      }
      return { contributions, bias };
    },
  });
}

const rowOf = ({ columns, data }: Matrix, i: number): Float64Array =>
  data.subarray(i * columns, (i + 1) * columns);
