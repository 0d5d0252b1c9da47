import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowestProducts, plainLowest } from './lowest-products.ts';
import { type Matrix, matrix } from './matrix.ts';

/** Numbers in (−1, 1) that look random, the same each time. */
function numbers(rows: number, columns: number, seed: number): Matrix {
  let state = seed;
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => {
      state = (state * 48271) % 2147483647;
      return (2 * state) / 2147483647 - 1;
    }),
  );
}

const shapes = fc.record({
  p: fc.integer({ min: 1, max: 70 }),
  t: fc.integer({ min: 8, max: 90 }),
  n: fc.integer({ min: 8, max: 40 }),
  share: fc.double({ min: 0, max: 0.25, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

/** Kinds of numbers on which rounding to 16 bits goes wrong first. */
const kinds: Readonly<Record<string, (value: number, at: number) => number>> = {
  plain: (value) => value,
  'rows of very different size': (value, at) => value * 10 ** -(Math.floor(at / 7) % 40),
  'one large entry': (value, at) => (at % 11 === 0 ? value * 1e6 : value * 1e-3),
  'many ties': (value) => Math.round(value),
  zeros: () => 0,
  'whole lots of one': (_, at) => (at % 9 === 0 ? 1 : 0),
  tiny: (value) => value * 1e-300,
  'next to nothing': (value, at) => value * 10 ** -(300 + (at % 24)),
  huge: (value) => value * 1e140,
};

describe.each(Object.entries(kinds))('the lowest products of %s', (_, shape) => {
  it('are to the bit those of plain loops', () => {
    fc.assert(
      fc.property(shapes, ({ p, t, n, share, seed }) => {
        const count = Math.max(1, Math.floor(share * t));
        const a = numbers(p, n, seed);
        const b = numbers(t, n, seed + 1);
        const shapedA = matrix(p, n, a.data.map(shape));
        const shapedB = matrix(t, n, b.data.map(shape));
        for (const [x, y] of [
          [a, shapedB],
          [shapedA, b],
          [shapedA, shapedB],
        ] as const) {
          const found = lowestProducts(x, y, count);
          const wanted = plainLowest(x, y, { count, from: 0, until: p });
          // +0 and −0 are the same product.
          expect(found.every((value, i) => value === wanted[i])).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});

it('are the same in shares, over shared memory', () => {
  const [p, t, n] = [150, 200, 30];
  const a = numbers(p, n, 3);
  const shared = matrix(p, n, new Float64Array(new SharedArrayBuffer(p * n * 8)));
  shared.data.set(a.data);
  const b = numbers(t, n, 4);
  const whole = lowestProducts(a, b, 10);
  const parts = [
    lowestProducts(shared, b, 10, { until: 77 }),
    lowestProducts(shared, b, 10, { from: 77 }),
  ];
  expect([...parts[0], ...parts[1]]).toEqual([...whole]);
});

it('do not change when rows of B change places', () => {
  const a = numbers(5, 20, 8);
  const b = numbers(100, 20, 9);
  const reversed = matrix(100, 20);
  for (let t = 0; t < 100; t++) {
    reversed.data.set(b.data.subarray(t * 20, (t + 1) * 20), (99 - t) * 20);
  }
  expect(lowestProducts(a, reversed, 7)).toEqual(lowestProducts(a, b, 7));
});

it('are refused for shapes that do not fit', () => {
  expect(() => lowestProducts(matrix(1, 2), matrix(3, 4), 1)).toThrow(RangeError);
  expect(() => lowestProducts(matrix(1, 2), matrix(3, 2), 4)).toThrow('No 4 lowest');
});
