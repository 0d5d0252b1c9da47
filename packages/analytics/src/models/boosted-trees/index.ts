import { ok, refuse } from '@plimsoll/kernel';
import { boostTrees } from '@plimsoll/quant/trees';
import { defineModel } from '../../learning/define-model.ts';
import { lastRowsHeldOut } from '../../learning/held-out.ts';
import { openTrees, storedTrees } from '../../learning/tree-model.ts';

/** Small trees, one after another, each on what those before it left. */
export default defineModel({
  id: 'boosted-trees',
  title: 'Gradient-boosted trees',
  summary:
    'Adds small trees one after another, each learning what is left to explain; the strongest and the quickest to overfit.',
  formula:
    'Σ w ½ (y − m)² or Σ w [ln(1 + e^m) − y m], + ½ λ Σ leaf², by second-order steps of share η',
  source:
    'Jerome Friedman, Greedy function approximation: a gradient boosting machine, 2001; Tianqi Chen, Carlos Guestrin, XGBoost, 2016',
  tasks: ['regression', 'classification'],
  takesMissing: true,
  params: {
    trees: { kind: 'integer', min: 1, max: 5000, default: 200, title: 'Most trees' },
    learningRate: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 0.05,
      title: 'Share of each tree that is added',
    },
    maxDepth: { kind: 'integer', min: 1, max: 16, default: 3, title: 'Most splits to a leaf' },
    minChildWeight: {
      kind: 'number',
      min: 0,
      default: 10,
      title: 'Least weight of a leaf',
      help: 'Σ w for numbers, Σ w p (1 − p) for chances, with weights at mean 1.',
    },
    l2: { kind: 'number', min: 0, default: 1, title: 'Penalty on the leaves' },
    minGain: { kind: 'number', min: 0, default: 0, title: 'Gain that a split must exceed' },
    rowShare: { kind: 'number', above: 0, max: 1, default: 0.8, title: 'Share of rows a tree' },
    featureShare: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 1,
      title: 'Share of features a tree',
    },
    bins: { kind: 'integer', min: 2, max: 1000, default: 255, title: 'Bins of a feature' },
    validationShare: {
      kind: 'number',
      min: 0,
      max: 0.5,
      default: 0,
      title: 'Share of the last rows kept to stop by',
      help: 'Growth ends when these rows are no longer foretold better; labels that reach into them are purged. 0 grows all trees.',
    },
    patience: {
      kind: 'integer',
      min: 1,
      max: 1000,
      default: 20,
      title: 'Trees without gain until it stops',
    },
  },
  fit(rows, values, { task, random, shouldStop }) {
    const held = lastRowsHeldOut(rows, values.validationShare);
    if (held && (held.train.x.rows < 2 || held.validation.x.rows < 2)) {
      return refuse({
        code: 'model.validation',
        detail: `A validation share of ${values.validationShare} of ${rows.x.rows} rows leaves ${held.train.x.rows} to learn from and ${held.validation.x.rows} to stop by once labels that overlap are purged.`,
      });
    }
    const { x, y, weights } = held?.train ?? rows;
    if (task === 'classification' && new Set(y).size < 2) {
      return refuse({
        code: 'model.one-class',
        detail: `All ${y.length} labels before the validation rows are ${y[0]}; lower the validation share of ${values.validationShare}.`,
      });
    }
    const { ensemble, loss, validationLoss } = boostTrees(
      x,
      y,
      weights,
      {
        loss: task === 'classification' ? 'logistic' : 'squared',
        trees: values.trees,
        learningRate: values.learningRate,
        maxDepth: values.maxDepth,
        minChildWeight: values.minChildWeight,
        l2: values.l2,
        minGain: values.minGain,
        rowShare: values.rowShare,
        columnShare: values.featureShare,
        bins: values.bins,
        ...(held ? { validation: { ...held.validation, patience: values.patience } } : {}),
        ...(shouldStop ? { shouldStop } : {}),
      },
      random,
    );
    const learning = { loss: [...loss], validationLoss: [...validationLoss] };
    return ok(storedTrees(task, ensemble, learning));
  },
  open: (learnt) => openTrees('boosted-trees', learnt),
});
