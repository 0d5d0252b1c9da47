import { seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classificationScores } from './classification-scores.ts';
import { logisticChances, logisticRegression } from './logistic-regression.ts';

const rows = [
  [0.5, 1],
  [1.5, -1],
  [2, 0.3],
  [-1, 0.2],
  [-0.5, -0.7],
  [0.1, 1.4],
  [1.1, 0.4],
  [-2, -1],
  [0.3, -0.3],
  [0.9, 2],
];
const x = matrix(10, 2, Float64Array.from(rows.flat()));
const y = Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0, 0, 1);

function fitted(...given: Parameters<typeof logisticRegression>) {
  const found = logisticRegression(...given);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

describe('logistic regression', () => {
  it('agrees with statsmodels 0.13.5 without penalty', () => {
    const { coefficients, intercept } = fitted(x, y, 0);
    expect(intercept).toBeCloseTo(-0.5131604922955041, 11);
    expect(coefficients[0]).toBeCloseTo(0.8741106916628546, 11);
    expect(coefficients[1]).toBeCloseTo(0.7255962268059805, 11);
  });

  it('agrees with scikit-learn 1.2.1 with C = 0.5, scores too', () => {
    const model = fitted(x, y, 2);
    expect(model.coefficients[0]).toBeCloseTo(0.4600108, 6);
    expect(model.coefficients[1]).toBeCloseTo(0.3629205, 6);
    const scores = classificationScores(logisticChances(x, model), y);
    expect(scores.areaUnderCurve.value).toBeCloseTo(0.84, 14);
    expect(scores.logLoss).toBeCloseTo(0.5694254832625174, 7);
  });

  it('has no slope left, whatever the data', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0.01, max: 10, noNaN: true }), (seed, penalty) => {
        const random = seededRandom(seed);
        const data = Float64Array.from({ length: 90 }, () => 2 * random.normal());
        const labels = Float64Array.from({ length: 30 }, (_, i) => (i < 2 ? i : random.integer(2)));
        const features = matrix(30, 3, data);
        const model = fitted(features, labels, penalty);
        const chances = logisticChances(features, model);
        for (let j = 0; j < 3; j++) {
          let slope = penalty * (model.coefficients[j] ?? 0);
          for (let i = 0; i < 30; i++) {
            slope += ((chances[i] ?? 0) - (labels[i] ?? 0)) * (data[i * 3 + j] ?? 0);
          }
          expect(Math.abs(slope)).toBeLessThan(1e-7);
        }
        const excess = chances.reduce((sum, chance, i) => sum + chance - (labels[i] ?? 0), 0);
        expect(Math.abs(excess)).toBeLessThan(1e-8);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['labels that are alike', x, new Float64Array(10), 1, 'classifier.input'],
    ['too few labels', x, new Float64Array(3), 1, 'classifier.input'],
    ['labels that are neither', x, new Float64Array(10).fill(0.5), 1, 'classifier.input'],
    [
      'a feature that parts the labels',
      matrix(4, 1, Float64Array.of(1, 2, 3, 4)),
      Float64Array.of(0, 0, 1, 1),
      0,
      'classifier.separated',
    ],
    [
      'the same feature twice',
      matrix(4, 2, Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4)),
      Float64Array.of(0, 1, 0, 1),
      0,
      'classifier.separated',
    ],
  ] as const)('refuses %s', (_, features, labels, penalty, code) => {
    const found = logisticRegression(features, labels, penalty);
    expect(found.ok ? '' : found.fault.code).toBe(code);
  });

  it('parts labels all the same under a penalty', () => {
    const features = matrix(4, 1, Float64Array.of(1, 2, 3, 4));
    const model = fitted(features, Float64Array.of(0, 0, 1, 1), 1);
    expect(model.coefficients[0]).toBeGreaterThan(0);
  });
});

describe('scores of chances', () => {
  it('know a perfect forecast, a coin and a forecast turned round', () => {
    const labels = Float64Array.of(0, 0, 1, 1);
    const perfect = classificationScores(Float64Array.of(0, 0, 1, 1), labels);
    expect(perfect).toMatchObject({ brier: 0, accuracy: 1, areaUnderCurve: { value: 1 } });
    const coin = classificationScores(new Float64Array(4).fill(0.5), labels);
    expect(coin.logLoss).toBeCloseTo(Math.LN2, 15);
    expect(coin.areaUnderCurve.value).toBe(0.5);
    expect(classificationScores(Float64Array.of(1, 1, 0, 0), labels).areaUnderCurve.value).toBe(0);
    expect(classificationScores(labels, new Float64Array(4)).areaUnderCurve.value).toBeNull();
  });
});
