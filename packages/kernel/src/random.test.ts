import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const drawn = (seed: number, count: number, draw: 'next' | 'normal' = 'next'): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random[draw]());
};

describe('seeded chance', () => {
  it('gives the same bits for the same seed, on every machine', () => {
    expect(drawn(42, 5)).toEqual(drawn(42, 5));
    expect(drawn(1, 4).map((each) => each * 2 ** 32)).toEqual([
      2_420_951_833, 2_513_034_076, 3_847_892_949, 4_064_752_930,
    ]);
    expect(drawn(42, 5)).not.toEqual(drawn(43, 5));
  });

  it('is uniform in [0, 1) and over whole numbers', () => {
    const buckets = new Array<number>(10).fill(0);
    const random = seededRandom(7);
    for (let i = 0; i < 100_000; i++) {
      const at = random.integer(10);
      buckets[at] = (buckets[at] ?? 0) + 1;
    }
    // χ² of nine degrees: 27.9 is one in a thousand.
    const chi = buckets.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(27.9);
    expect(drawn(9, 10_000).every((each) => each >= 0 && each < 1)).toBe(true);
  });

  it('is standard normal', () => {
    const draws = drawn(5, 100_000, 'normal');
    const moment = (power: number): number =>
      draws.reduce((sum, each) => sum + each ** power, 0) / draws.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.015);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });
});
