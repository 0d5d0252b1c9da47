import { seededRandom } from '@plimsoll/kernel';
import type { ParameterSpace, Point } from './parameter-space.ts';

/**
 * Points spread so that each axis takes each n-th of its range once: an own random order of the n parts
 * for each axis, and a random place within each part.
 *
 * @param n Points, at least 1.
 * @returns n points; where an axis has fewer levels than n some share a level.
 *
 * Source: McKay, Beckman and Conover, "A comparison of three methods for selecting values of input
 * variables" (1979).
 */
export function latinHypercube(
  { axes }: ParameterSpace,
  n: number,
  seed: number,
): readonly Point[] {
  const random = seededRandom(seed);
  const columns = axes.map(({ levels, kind, nearest }) => {
    const parts = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [parts[i], parts[j]] = [parts[j], parts[i]];
    }
    return parts.map((part) => {
      const share = (part + random.next()) / n;
      if (kind === 'categorical') return Math.min(levels - 1, Math.floor(share * levels));
      return nearest(share);
    });
  });
  return Array.from({ length: n }, (_, i) => columns.map((column) => column[i]));
}
