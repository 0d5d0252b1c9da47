import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTree } from './cut-tree.ts';
import { leafOrder, leavesBelow } from './leaf-order.ts';
import { condensedPlace, type Linkage, type LinkageMethod, linkage } from './linkage.ts';
import { optimalLeafOrder } from './optimal-leaf-order.ts';
import { twoDifferenceGap } from './two-difference-gap.ts';

const methods: readonly LinkageMethod[] = ['single', 'complete', 'average', 'ward'];
const runs = { numRuns: 60 };

interface Points {
  readonly n: number;
  readonly distances: Float64Array;
}

/** Euclidean distances of points in a plane, coordinates to a thousandth. */
const points = (most: number): fc.Arbitrary<Points> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 1e4 }), fc.integer({ min: 0, max: 1e4 })), {
      minLength: 1,
      maxLength: most,
    })
    .map((at) => {
      const n = at.length;
      const distances = new Float64Array((n * (n - 1)) / 2);
      at.forEach(([x, y], i) => {
        for (let j = i + 1; j < n; j++) {
          const [u = 0, v = 0] = at[j] ?? [];
          distances[condensedPlace(n, i, j)] = Math.hypot(x - u, y - v) / 1000;
        }
      });
      return { n, distances };
    });

const sumOf = (order: ArrayLike<number>, { n, distances }: Points): number =>
  Array.from(order)
    .slice(1)
    .reduce((sum, leaf, i) => sum + distances[condensedPlace(n, order[i], leaf)], 0);

/** Every order that turning branches can make. */
function ordersOf(tree: Linkage, cluster: number): number[][] {
  if (cluster < tree.leaves) return [[cluster]];
  const lefts = ordersOf(tree, tree.left[cluster - tree.leaves]);
  const rights = ordersOf(tree, tree.right[cluster - tree.leaves]);
  return lefts.flatMap((a) =>
    rights.flatMap((b) => [
      [...a, ...b],
      [...b, ...a],
    ]),
  );
}

describe('clustering', () => {
  it('joins everything once, by ascending height', () => {
    fc.assert(
      fc.property(points(40), fc.constantFrom(...methods), ({ n, distances }, method) => {
        const tree = linkage(distances, n, method);
        expect(Array.from(leafOrder(tree)).sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
        for (let k = 1; k < n - 1; k++) {
          expect(tree.height[k]).toBeGreaterThanOrEqual(tree.height[k - 1] - 1e-12);
          expect(tree.size[k]).toBe(leavesBelow(tree, n + k).length);
        }
      }),
      runs,
    );
  });

  it('joins at the least and the greatest distance between members', () => {
    fc.assert(
      fc.property(points(25), ({ n, distances }) => {
        for (const method of ['single', 'complete'] as const) {
          const tree = linkage(distances, n, method);
          const pick = method === 'single' ? Math.min : Math.max;
          for (let k = 0; k < n - 1; k++) {
            const between = leavesBelow(tree, tree.left[k]).flatMap((i) =>
              leavesBelow(tree, tree.right[k]).map((j) => distances[condensedPlace(n, i, j)]),
            );
            expect(tree.height[k]).toBe(pick(...between));
          }
        }
      }),
      runs,
    );
  });

  it('scales: heights with distances, and nothing else changes', () => {
    fc.assert(
      fc.property(points(25), fc.constantFrom(...methods), ({ n, distances }, method) => {
        const one = linkage(distances, n, method);
        const four = linkage(
          distances.map((distance) => 4 * distance),
          n,
          method,
        );
        expect(four).toEqual({ ...one, height: one.height.map((height) => 4 * height) });
      }),
      runs,
    );
  });

  it('parts into as many clusters as asked for, each part of one of the coarser parting', () => {
    fc.assert(
      fc.property(points(30), fc.constantFrom(...methods), ({ n, distances }, method) => {
        const tree = linkage(distances, n, method);
        let coarser = cutTree(tree, 1);
        for (let k = 1; k <= n; k++) {
          const labels = cutTree(tree, k);
          expect(new Set(labels).size).toBe(k);
          expect(Math.max(...labels)).toBe(k);
          const pairs = new Set(Array.from(labels, (label, i) => `${label} in ${coarser[i]}`));
          expect(pairs.size).toBe(k);
          coarser = labels;
        }
      }),
      runs,
    );
  });

  it('orders leaves better than any turning of branches', () => {
    fc.assert(
      fc.property(points(9), fc.constantFrom(...methods), (all, method) => {
        const tree = linkage(all.distances, all.n, method);
        const least = Math.min(...ordersOf(tree, 2 * all.n - 2).map((order) => sumOf(order, all)));
        const found = optimalLeafOrder(tree, all.distances);
        expect(sumOf(leafOrder(found), all)).toBeCloseTo(least, 9);
        expect(cutTree(found, 2)).toHaveLength(all.n);
      }),
      runs,
    );
  });

  it('finds as many clusters as there are far apart', () => {
    const centres = [0, 100, 200, 300];
    const at = centres.flatMap((centre) => [0, 1, 2.1, 3.3, 4.6].map((each) => centre + each));
    const n = at.length;
    const distances = new Float64Array((n * (n - 1)) / 2);
    at.forEach((x, i) => {
      for (let j = i + 1; j < n; j++) distances[condensedPlace(n, i, j)] = at[j] - x;
    });
    const tree = linkage(distances, n, 'ward');
    const labels = cutTree(tree, 4);
    expect(
      new Set(Array.from(labels, (label, i) => `${label} ${i >= 5 ? (i - (i % 5)) / 5 : 0}`)).size,
    ).toBe(4);
    expect(twoDifferenceGap(tree, distances)).toBeGreaterThanOrEqual(2);
    expect(twoDifferenceGap(linkage(distances.slice(0, 3), 3, 'ward'), distances.slice(0, 3))).toBe(
      1,
    );
  });

  it('refuses what are no distances', () => {
    expect(() => linkage(Float64Array.of(1, 2), 3, 'single')).toThrow('[n (n − 1) ÷ 2]');
    expect(() => linkage(Float64Array.of(1, Number.NaN, 2), 3, 'ward')).toThrow('≥ 0');
    expect(() => cutTree(linkage(Float64Array.of(1), 2, 'single'), 0)).toThrow('1 or more');
  });

  // SciPy 1.10.1: cluster.hierarchy.linkage, leaves_list, fcluster(Z, 3, 'maxclust').
  it.each([
    [
      'single',
      [
        [1, 6],
        [0, 3],
        [2, 5],
        [7, 8],
        [9, 10],
        [4, 11],
      ],
      [0.3, 1, 1.3, 2, 2.3, 3],
      [4, 2, 5, 1, 6, 0, 3],
      [2, 2, 1, 2, 3, 1, 2],
    ],
    [
      'complete',
      [
        [1, 6],
        [0, 3],
        [2, 5],
        [4, 7],
        [8, 9],
        [10, 11],
      ],
      [0.3, 1, 1.3, 3.3, 8.4, 9.7],
      [4, 1, 6, 0, 3, 2, 5],
      [2, 1, 3, 2, 1, 3, 1],
    ],
    [
      'average',
      [
        [1, 6],
        [0, 3],
        [2, 5],
        [4, 7],
        [8, 9],
        [10, 11],
      ],
      [0.3, 1, 1.3, 3.15, 5.525, 6.3583333333333325],
      [4, 1, 6, 0, 3, 2, 5],
      [2, 1, 3, 2, 1, 3, 1],
    ],
    [
      'ward',
      [
        [1, 6],
        [0, 3],
        [2, 5],
        [4, 7],
        [8, 9],
        [10, 11],
      ],
      [0.3, 1, 1.3, 3.637306695894642, 8.482924024179399, 10.769998010346017],
      [4, 1, 6, 0, 3, 2, 5],
      [2, 1, 3, 2, 1, 3, 1],
    ],
  ] as const)('agrees with SciPy: %s', (method, joins, heights, order, labels) => {
    const distances = Float64Array.from({ length: 21 }, (_, i) => (((i + 1) * 37) % 101) / 10);
    const tree = linkage(distances, 7, method);
    expect(joins).toEqual(Array.from(tree.left, (left, k) => [left, tree.right[k]]));
    heights.forEach((height, k) => {
      expect(tree.height[k]).toBeCloseTo(height, 12);
    });
    expect(Array.from(leafOrder(tree))).toEqual(order);
    expect(Array.from(cutTree(tree, 3))).toEqual(labels);
    const turned = optimalLeafOrder(tree, distances, 'each-merge');
    expect(Array.from(leafOrder(turned))).toEqual([4, 1, 6, 0, 3, 5, 2]);
  });
});
