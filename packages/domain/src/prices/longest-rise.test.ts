import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRise } from './longest-rise.ts';

/** The obvious quadratic way, for the length. */
function slowLength(values: readonly number[]): number {
  const best: number[] = [];
  for (const [i, value] of values.entries()) {
    best[i] = 1 + Math.max(0, ...best.slice(0, i).filter((_, j) => (values[j] ?? value) < value));
  }
  return Math.max(0, ...best);
}

describe('longestRise', () => {
  it('is strictly rising, in place, and as long as the obvious way finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (values) => {
        const rise = longestRise(values);
        expect(rise).toEqual([...new Set(rise)].sort((a, b) => a - b));
        const picked = rise.map((index) => values[index] ?? Number.NaN);
        expect(picked.every((value, i) => i === 0 || value > (picked[i - 1] ?? value))).toBe(true);
        expect(rise).toHaveLength(slowLength(values));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the first of equal entries and all of a rising row', () => {
    expect(longestRise([1, 2, 2, 3])).toEqual([0, 1, 3]);
    expect(longestRise([1, 2, 3])).toEqual([0, 1, 2]);
    expect(longestRise([])).toEqual([]);
  });

  it('takes out the one far-off entry rather than all that follow it', () => {
    expect(longestRise([1, 99, 2, 3, 4])).toEqual([0, 2, 3, 4]);
  });
});
