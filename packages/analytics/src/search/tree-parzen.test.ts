import { parameterTable } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latinHypercube } from './latin-hypercube.ts';
import { type ParameterSet, readSpace } from './parameter-space.ts';
import { runSearch } from './run-search.ts';
import type { Outcome, Trial } from './searcher.ts';
import { found, searcherOf } from './testing/found.ts';

const numbers = parameterTable({
  a: { kind: 'number', title: 'a' },
  b: { kind: 'number', title: 'b' },
  c: { kind: 'integer', title: 'c', default: 0 },
  d: { kind: 'choice', title: 'd', of: ['p', 'q', 'r', 's'], default: 'p' },
});

const scored =
  (value: (parameters: ParameterSet) => number) =>
  (trials: readonly Trial[]): Outcome[] =>
    trials.map(({ number, parameters }) => ({ number, value: value(parameters) }));

describe('a Latin hypercube', () => {
  it('takes each part of each range once', () => {
    const space = found(
      readSpace(numbers, { a: { from: 0, to: 1 }, c: { from: 2, to: 11 } }, { fixed: { b: 0 } }),
    );
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const points = latinHypercube(space, 10, seed);
        const parts = new Set(points.map(([share]) => Math.floor((share ?? 0) * 10)));
        expect(parts.size).toBe(10);
      }),
    );
  });
});

describe('tree-structured Parzen estimators', () => {
  const at = (set: ParameterSet, name: string): number => Number(set[name]);
  const branin = (x: number, y: number): number =>
    (y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10;
  const problems: readonly [string, object, (set: ParameterSet) => number][] = [
    [
      'Branin',
      { a: { from: -5, to: 10 }, b: { from: 0, to: 15 } },
      (set) => 0.397887 - branin(at(set, 'a'), at(set, 'b')),
    ],
    [
      'Rosenbrock',
      { a: { from: -2, to: 2 }, b: { from: -1, to: 3 } },
      (set) => -((1 - at(set, 'a')) ** 2) - 100 * (at(set, 'b') - at(set, 'a') ** 2) ** 2,
    ],
    [
      'a sphere of all kinds of axis',
      {
        a: { from: 0.01, to: 100, scale: 'log' },
        b: { from: -5, to: 5 },
        c: { from: -20, to: 20 },
        d: {},
      },
      (set) =>
        -(Math.log(at(set, 'a')) ** 2) -
        at(set, 'b') ** 2 -
        (at(set, 'c') - 7) ** 2 / 10 -
        (set['d'] === 'r' ? 0 : 5),
    ],
  ];

  it.each(problems)('beat chance in the median of 30 seeds: %s', (_, given, value) => {
    const space = found(readSpace(numbers, given, { fixed: 'b' in given ? {} : { b: 0 } }));
    // The best of each is 0, so that a fifth nearer is a fifth better.
    const medianOf = (method: string): number => {
      const bests = Array.from({ length: 30 }, (_, seed) => {
        const searcher = searcherOf(space, { method, trials: 70, seed, startTrials: 12 });
        return runSearch(searcher, scored(value), 1).best?.value ?? Number.NEGATIVE_INFINITY;
      });
      return bests.toSorted((a, b) => a - b)[15] ?? 0;
    };
    expect(medianOf('tpe')).toBeGreaterThan(0.8 * medianOf('random'));
  });
});
