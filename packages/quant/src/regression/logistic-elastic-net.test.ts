import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { type LogisticElasticNet, logisticElasticNet } from './logistic-elastic-net.ts';
import { standardise } from './penalised.ts';

/** Rows, labels and weights that do not depend on the machine. */
const rows = 40;
const plain: Matrix = matrix(
  rows,
  3,
  Float64Array.from(
    Array.from({ length: rows }, (_, i) => [
      (i % 7) - 3 + 0.1 * (i % 3),
      ((i * i) % 11) - 5,
      ((i * 3) % 5) - 2 + 0.01 * i,
    ]).flat(),
  ),
);
const labels = Float64Array.from({ length: rows }, (_, i) =>
  (i * 7) % 10 < 5 + ((i % 7) - 3) ? 1 : 0,
);
const ones = new Float64Array(rows).fill(1);

/** Distance from the conditions of optimality, from the definition. */
function distance(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
  {
    alpha,
    share,
    coefficients,
    intercept,
  }: LogisticElasticNet & { readonly alpha: number; readonly share: number },
): number {
  const total = weights.reduce((sum, each) => sum + each, 0);
  const slopes = new Float64Array(x.columns + 1);
  for (let i = 0; i < x.rows; i++) {
    const row = x.data.subarray(i * x.columns, (i + 1) * x.columns);
    const m = row.reduce((sum, each, j) => sum + each * (coefficients[j] ?? 0), intercept);
    const pull = ((weights[i] ?? 0) / total) * (1 / (1 + Math.exp(-m)) - (y[i] ?? 0));
    row.forEach((each, j) => {
      slopes[j] = (slopes[j] ?? 0) + pull * each;
    });
    slopes[x.columns] = (slopes[x.columns] ?? 0) + pull;
  }
  let worst = Math.abs(slopes[x.columns] ?? 0);
  coefficients.forEach((b, j) => {
    const slope = (slopes[j] ?? 0) + alpha * (1 - share) * b;
    const off =
      b === 0
        ? Math.max(0, Math.abs(slope) - alpha * share)
        : Math.abs(slope + Math.sign(b) * alpha * share);
    worst = Math.max(worst, off);
  });
  return worst;
}

describe('a logistic elastic net', () => {
  // scikit-learn 1.2.1, LogisticRegression(penalty='elasticnet', solver='saga', C=1/(alpha n)).
  it.each([
    [
      0.05,
      0.5,
      [0.6553383044039668, 0.09803871318625441, -0.07950937628709202],
      -0.10928966440521942,
    ],
    [0.02, 1, [0.772778873353126, 0.14992737772903558, -0.1199404224621883], -0.11272445778169521],
    [0.1, 0, [0.5860110435612867, 0.14507024315308906, -0.1349354338767313], -0.1078613766944038],
  ])('is that of scikit-learn at α %d and ρ %d', (alpha, absoluteShare, expected, intercept) => {
    const found = logisticElasticNet(standardise(plain).x, labels, ones, { alpha, absoluteShare });
    expect(found.converged).toBe(true);
    for (const [j, each] of expected.entries()) {
      expect(found.coefficients[j]).toBeCloseTo(each, 9);
    }
    expect(found.intercept).toBeCloseTo(intercept, 9);
  });

  it('is optimal', () => {
    fc.assert(
      fc.property(
        fc.record({
          cells: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
            minLength: 60,
            maxLength: 60,
          }),
          flips: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 18, maxLength: 18 }),
          weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
          alpha: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
          share: fc.constantFrom(0, 0.3, 1),
        }),
        ({ cells, flips, weights, alpha, share }) => {
          const x = matrix(20, 3, Float64Array.from(cells));
          const y = Float64Array.from([0, 1, ...flips]);
          const w = Float64Array.from(weights);
          const found = logisticElasticNet(x, y, w, { alpha, absoluteShare: share });
          expect(found.converged).toBe(true);
          // A lasso may leave columns free that separate; with a quadratic part it may not.
          expect(distance(x, y, w, { alpha, share, ...found })).toBeLessThan(1e-8);
        },
      ),
    );
  });

  it('counts a weight as so many rows', () => {
    const weights = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3));
    const places = [...weights].flatMap((count, i) => new Array<number>(count).fill(i));
    const repeated = matrix(
      places.length,
      3,
      Float64Array.from(places.flatMap((i) => [...plain.data.subarray(3 * i, 3 * i + 3)])),
    );
    const options = { alpha: 0.03, absoluteShare: 0.5 };
    const a = logisticElasticNet(plain, labels, weights, options);
    const b = logisticElasticNet(
      repeated,
      Float64Array.from(places, (i) => labels[i] ?? 0),
      new Float64Array(places.length).fill(1),
      options,
    );
    for (const [j, each] of a.coefficients.entries()) {
      expect(b.coefficients[j]).toBeCloseTo(each, 8);
    }
  });

  it('says that it found nothing where labels are parted and nothing holds it back', () => {
    const x = matrix(4, 1, Float64Array.of(-2, -1, 1, 2));
    const found = logisticElasticNet(x, Float64Array.of(0, 0, 1, 1), new Float64Array(4).fill(1), {
      alpha: 0,
      absoluteShare: 0,
      tolerance: 1e-14,
      maxRounds: 20,
    });
    expect(found.converged).toBe(false);
  });
});
