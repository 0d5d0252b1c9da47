import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendallTau } from './kendall-tau.ts';

/** Pair by pair, by definition. */
function slow(x: readonly number[], y: readonly number[]): number {
  let score = 0;
  let inX = 0;
  let inY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign((x[i] ?? 0) - (x[j] ?? 0));
      const b = Math.sign((y[i] ?? 0) - (y[j] ?? 0));
      score += a * b;
      inX += a * a;
      inY += b * b;
    }
  }
  return score / Math.sqrt(inX * inY);
}

describe('Kendall’s tau', () => {
  it('is SciPy’s, ties and all', () => {
    const x = Float64Array.of(1, 2, 2, 3, 4, 4, 5, 6, 7, 3);
    const y = Float64Array.of(2, 1, 2, 4, 4, 3, 7, 5, 6, 4);
    expect(kendallTau(x, y)).toBeCloseTo(0.6988459044322259, 14);
  });

  it('is what counting every pair gives', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 40 }), (pairs) => {
        const x = pairs.map(([each]) => each);
        const y = pairs.map(([, each]) => each);
        const wanted = slow(x, y);
        const found = kendallTau(Float64Array.from(x), Float64Array.from(y));
        if (Number.isNaN(wanted)) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(wanted, 13);
      }),
      { numRuns: 150 },
    );
  });
});
