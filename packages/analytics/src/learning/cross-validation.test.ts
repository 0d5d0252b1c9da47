import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinations } from './combinations.ts';
import {
  combinatorialCounts,
  combinatorialPurged,
  type Purging,
  purgedFolds,
  walkForward,
} from './cross-validation.ts';

const purging: Purging = { horizon: 1, embargo: 0 };

describe('purged folds', () => {
  it('leave out training labels that reach into the test, and the embargo after it', () => {
    const found = purgedFolds(12, 3, { horizon: 2, embargo: 1 });
    if (!found.ok) throw new Error(found.fault.detail);
    const [first, middle] = found.value;
    expect([...(first?.test ?? [])]).toEqual([0, 1, 2, 3]);
    expect([...(first?.train ?? [])]).toEqual([6, 7, 8, 9, 10, 11]);
    expect([...(middle?.test ?? [])]).toEqual([4, 5, 6, 7]);
    expect([...(middle?.train ?? [])]).toEqual([0, 1, 2, 10, 11]);
  });

  it('test every observation once, and never share a day with training', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 120 }),
        fc.integer({ min: 2, max: 8 }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        (n, folds, horizon, embargo) => {
          const found = purgedFolds(n, folds, { horizon, embargo });
          if (!found.ok) throw new Error(found.fault.detail);
          const tested = found.value.flatMap(({ test }) => [...test]);
          expect(tested.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
          for (const { train, test } of found.value) {
            const [low = 0, high = 0] = [test[0], test.at(-1)];
            for (const i of train) {
              // Labels span [i, i + horizon), those of the test [low, high + horizon).
              const before = i + Math.max(1, horizon) <= low;
              expect(before || i >= high + Math.max(1, horizon + embargo)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('walk-forward splits', () => {
  it('learn from the past alone', () => {
    const found = walkForward(10, 4, 3, 'rolling', { horizon: 2, embargo: 0 });
    if (!found.ok) throw new Error(found.fault.detail);
    expect(found.value.map(({ train, test }) => [[...train], [...test]])).toEqual([
      [
        [0, 1, 2],
        [4, 5, 6],
      ],
      [
        [3, 4, 5],
        [7, 8, 9],
      ],
    ]);
    const all = walkForward(10, 4, 3, 'expanding', purging);
    expect(all.ok && [...(all.value[1]?.train ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('combinatorial splits', () => {
  // López de Prado, Advances in Financial Machine Learning (2018), §12.4: 15 splits, 5 paths.
  it.each([
    [6, 2, 15, 5],
    [10, 8, 45, 36],
    [8, 3, 56, 21],
  ])('of %d groups, %d tested, are %d and make %d paths', (groups, tested, splits, paths) => {
    expect(combinatorialCounts(groups, tested)).toEqual({ splits, paths });
    const found = combinatorialPurged(100, groups, tested, purging);
    if (!found.ok) throw new Error(found.fault.detail);
    expect([found.value.splits.length, found.value.paths.length]).toEqual([splits, paths]);
  });

  it('make paths that use each test of a group once', () => {
    const found = combinatorialPurged(60, 6, 3, purging);
    if (!found.ok) throw new Error(found.fault.detail);
    const { paths, splits } = found.value;
    for (let group = 0; group < 6; group++) {
      const used = paths.map((path) => path[group] ?? -1);
      expect(new Set(used).size).toBe(paths.length);
      for (const place of used) expect(splits[place]?.groups).toContain(group);
    }
  });

  it('choose in order', () => {
    expect([...combinations(4, 2)].map((each) => each.join(''))).toEqual([
      '01',
      '02',
      '03',
      '12',
      '13',
      '23',
    ]);
  });
});

describe('refusals', () => {
  it.each([
    ['one fold', purgedFolds(10, 1, purging), 'validation.folds'],
    ['more folds than observations', purgedFolds(3, 4, purging), 'validation.folds'],
    ['a broken horizon', purgedFolds(10, 2, { horizon: 0.5, embargo: 0 }), 'validation.folds'],
    ['all groups tested', combinatorialPurged(10, 3, 3, purging), 'validation.groups'],
    ['too many splits', combinatorialPurged(100, 40, 20, purging), 'validation.groups'],
    [
      'splits of too many observations',
      combinatorialPurged(100_000, 12, 6, purging),
      'validation.groups',
    ],
    ['too short a history', walkForward(5, 5, 1, 'rolling', purging), 'validation.walk'],
  ])('%s', (_, found, code) => {
    expect(found.ok ? '' : found.fault.code).toBe(code);
  });
});
