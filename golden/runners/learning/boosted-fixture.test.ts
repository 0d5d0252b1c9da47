import { readXgboostModel } from '@plimsoll/analytics/learning';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { boostTrees, treeMargin } from '@plimsoll/quant/trees';
import { describe, expect, it } from 'vitest';
import { type Columns, GoldenData, NoGoldenData, select } from '../../golden-data.ts';

const names = ['mom5', 'vol20', 'mkt5', 'rev1'];
const learnt = 300;

function files(): { readonly features: Columns; readonly model: unknown } | undefined {
  const data = new GoldenData();
  try {
    return {
      features: data.columns('ml_features_AAPL.csv'),
      model: JSON.parse(data.text('xgb_model.json')),
    };
  } catch (error) {
    if (error instanceof NoGoldenData) return undefined;
    throw error;
  }
}

const found = files();

/** Columns at mean 0 and deviation 1 (ddof 0) over all rows, to six digits, as the model was learnt. */
function scaled({ values }: Columns): Float64Array {
  const k = names.length;
  const n = values.length / k;
  return values.map((value, place) => {
    const column = Float64Array.from({ length: n }, (_, i) => values[i * k + (place % k)] ?? 0);
    const mean = column.reduce((sum, each) => sum + each, 0) / n;
    const spread = Math.sqrt(column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n);
    return Math.round(((value - mean) / spread) * 1e6) / 1e6;
  });
}

describe.skipIf(!found)('boosted trees (need xgb_model.json beside the checkout)', () => {
  it('are those of xgboost 1.7.4, up to its 32 bits', () => {
    if (!found) return;
    const k = names.length;
    const all = scaled(select(found.features, { names }));
    const x = matrix(learnt, k, all.slice(0, learnt * k));
    const y = select(found.features, { names: ['y'] }).values.slice(0, learnt);
    const ours = boostTrees(
      x,
      y,
      new Float64Array(learnt).fill(1),
      {
        loss: 'logistic',
        trees: 20,
        learningRate: 0.3,
        maxDepth: 3,
        minChildWeight: 1,
        l2: 1,
        minGain: 0,
        rowShare: 1,
        columnShare: 1,
        bins: 1000,
        start: 0,
      },
      { integer: () => 0 },
    ).ensemble;
    const theirs = readXgboostModel(found.model);
    if (!theirs.ok) throw new Error(theirs.fault.detail);
    expect(ours.trees.map(({ left }) => left.length)).toEqual(
      theirs.value.trees.map(({ left }) => left.length),
    );
    for (let i = 0; i < learnt; i++) {
      const row = x.data.subarray(i * k, (i + 1) * k);
      const apart = Math.abs(treeMargin(ours, row) - treeMargin(theirs.value, row));
      expect(apart).toBeLessThan(1e-6);
    }
  });
});
