import { ok } from '@plimsoll/kernel';
import { growForest } from '@plimsoll/quant/trees';
import { defineModel } from '../../learning/define-model.ts';
import { outOfBagScore } from '../../learning/out-of-bag-score.ts';
import { openTrees, storedTrees } from '../../learning/tree-model.ts';

/** Many trees, each on its own draw of rows and features, averaged. */
export default defineModel({
  id: 'random-forest',
  title: 'Random forest',
  summary:
    'Averages many trees that each saw other rows and features; robust, needs no scaling, takes missing values.',
  formula:
    'mean over the trees of the weighted mean label in the leaf; splits by the largest fall of Σ w (y − ȳ)²',
  source: 'Leo Breiman, Random forests, 2001',
  tasks: ['regression', 'classification'],
  takesMissing: true,
  params: {
    trees: { kind: 'integer', min: 1, max: 2000, default: 200, title: 'Trees' },
    maxDepth: { kind: 'integer', min: 1, max: 40, default: 8, title: 'Most splits to a leaf' },
    minLeafRows: {
      kind: 'integer',
      min: 1,
      max: 100_000,
      default: 20,
      title: 'Least rows of a leaf',
      help: 'Markets are noisy: leaves of few rows learn the noise.',
    },
    featureShare: {
      kind: 'number',
      above: 0,
      max: 1,
      optional: true,
      title: 'Share of the features tried at each split',
      help: 'If not given, the root of their number for classification and a third for regression.',
    },
    rowShare: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 1,
      title: 'Rows drawn for each tree, as a share',
    },
    bins: { kind: 'integer', min: 2, max: 1000, default: 255, title: 'Bins of a feature' },
  },
  fit({ x, y, weights }, values, { task, random, shouldStop }) {
    const share =
      values.featureShare ?? (task === 'classification' ? 1 / Math.sqrt(x.columns) : 1 / 3);
    const { ensemble, outOfBag } = growForest(
      x,
      y,
      weights,
      {
        trees: values.trees,
        maxDepth: values.maxDepth,
        minLeafRows: values.minLeafRows,
        featuresPerSplit: Math.max(1, Math.round(share * x.columns)),
        rowShare: values.rowShare,
        bins: values.bins,
        ...(shouldStop ? { shouldStop } : {}),
      },
      random,
    );
    const score = outOfBagScore(task, outOfBag, y, weights);
    return ok(storedTrees(task, ensemble, { outOfBag: score }));
  },
  open: (learnt) => openTrees('random-forest', learnt),
});
