import { seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { answerTo, figureOf, reportOf } from '../../analysis/testing/ask-analysis.ts';
import fractionalDifference from '../fractional-difference/index.ts';
import logisticRegression from '../logistic-regression/index.ts';
import treeExplanation from '../tree-explanation/index.ts';
import validationSplits from '../validation-splits/index.ts';
import overfitting from './index.ts';

const stump = {
  left_children: [1, -1, -1],
  right_children: [2, -1, -1],
  split_indices: [0, 0, 0],
  split_conditions: [0.5, -1, 2],
  default_left: [1, 0, 0],
  sum_hessian: [10, 4, 6],
};
const model = {
  learner: {
    learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '2' },
    objective: { name: 'binary:logistic' },
    gradient_booster: { model: { trees: [stump] } },
  },
};

describe('analyses of learning', () => {
  it('tell luck from skill among trials', () => {
    const random = seededRandom(4);
    const values = Array.from({ length: 160 }, () =>
      Array.from({ length: 6 }, (_, j) => 0.01 * random.normal() + (j === 2 ? 0.02 : 0)),
    );
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const skill = reportOf(overfitting, { trials: { names, values }, blocks: 8 });
    expect(figureOf(skill, 'probability')).toBe(0);
    const alone = answerTo(overfitting, {
      trials: { names: ['a'], values: values.map(([a]) => [a]) },
    });
    expect(alone.ok ? '' : alone.fault.code).toBe('overfitting.shape');
  });

  it('explain a tree, and refuse what is none', () => {
    const found = reportOf(treeExplanation, { model: JSON.stringify(model), rows: [[1, 0]] });
    // Leaf 2 where 0.4 × −1 + 0.6 × 2 = 0.8 was expected.
    expect(figureOf(found, 'bias')).toBeCloseTo(0.8, 15);
    expect(found.tables[0]?.rows[0]?.[1]).toBeCloseTo(1.2, 15);
    expect(found.tables[0]?.rows[0]?.[2]).toBe(0);
    for (const [given, code] of [
      [{ model: '{', rows: [[1, 0]] }, 'model.format'],
      [{ model: '{}', rows: [[1, 0]] }, 'model.format'],
      [{ model: JSON.stringify(model), rows: [[1]] }, 'model.rows'],
    ] as const) {
      const refused = answerTo(treeExplanation, given);
      expect(refused.ok ? '' : refused.fault.code).toBe(code);
    }
  });

  it('learn a chance from the past and score it on what came after', () => {
    const random = seededRandom(8);
    const values = Array.from({ length: 200 }, () => [random.normal(), 5]);
    const labels = values.map(([x = 0]) => (x + 0.5 * random.normal() > 0 ? 1 : 0));
    const features = { names: ['signal', 'constant'], values };
    const found = reportOf(logisticRegression, { features, labels });
    expect(figureOf(found, 'area-after')).toBeGreaterThan(0.85);
    const [signal, constant] = found.tables[0]?.rows ?? [];
    expect(signal?.[1]).toBeGreaterThan(1);
    expect(constant?.[1]).toBe(0);
    const refused = answerTo(logisticRegression, { features, labels: [1] });
    expect(refused.ok ? '' : refused.fault.code).toBe('classifier.input');
  });

  it('difference a series, and cut it into splits', () => {
    const series = { values: [1, 3, 6, 10], are: 'levels' as const };
    expect(figureOf(reportOf(fractionalDifference, { series, order: 1 }), 'last')).toBe(4);
    const splits = reportOf(validationSplits, { n: 60, method: 'combinatorial' });
    expect([figureOf(splits, 'splits'), figureOf(splits, 'paths')]).toEqual([15, 5]);
    expect(splits.tables[0]?.rows[0]).toEqual([1, '20–59', '0–19', 40, 20]);
  });
});
