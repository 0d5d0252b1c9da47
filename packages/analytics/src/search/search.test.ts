import { parameterTable, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awaitedTrials } from './ask-and-tell.ts';
import { latinHypercube } from './latin-hypercube.ts';
import { countAllowed, indexOf, type ParameterSet, pointAt, readSpace } from './parameter-space.ts';
import { permutation } from './permutation.ts';
import { runSearch, runSearchConcurrently } from './run-search.ts';
import type { Outcome, Trial } from './searcher.ts';
import { crossing, found, searcherOf } from './testing/found.ts';

const table = parameterTable({
  fast: { kind: 'integer', title: 'Fast', min: 2, max: 300 },
  threshold: { kind: 'number', title: 'Threshold', min: 0, max: 10, default: 1 },
  kind: { kind: 'choice', title: 'Average', of: ['sma', 'ema'], default: 'sma' },
  long: { kind: 'flag', title: 'Long only', default: true },
  name: { kind: 'text', title: 'Name', optional: true },
});

const scored =
  (value: (parameters: ParameterSet) => number | null) =>
  (trials: readonly Trial[]): Outcome[] =>
    trials.map(({ number, parameters }) => ({ number, value: value(parameters) }));

describe('a parameter space', () => {
  it('counts its points and gives the fixed values and defaults with each', () => {
    const space = found(
      readSpace(
        table,
        {
          fast: { from: 2, to: 101, step: 1 },
          kind: {},
          threshold: { from: 0.1, to: 0.5, step: 0.1 },
        },
        { fixed: { long: false } },
      ),
    );
    expect(space.size).toBe(100 * 2 * 5);
    expect(space.parametersAt(pointAt(space, 7))).toEqual({
      long: false,
      name: undefined,
      fast: 2,
      kind: 'ema',
      threshold: 0.3,
    });
  });

  it('says how many points the check allows', () => {
    expect(countAllowed(crossing(9))).toBe(36);
    const endless = { threshold: { from: 0, to: 1 } };
    expect(countAllowed(found(readSpace(table, endless, { fixed: { fast: 2 } })))).toBeNull();
  });

  it('numbers its points both ways', () => {
    const space = crossing(9);
    fc.assert(
      fc.property(fc.nat({ max: 80 }), (index) => {
        expect(indexOf(space, pointAt(space, index))).toBe(index);
      }),
    );
  });

  it('takes steps, points, logarithms and lists', () => {
    const values = (axis: object): unknown[] => {
      const space = found(readSpace(table, { threshold: axis }, { fixed: { fast: 2 } }));
      return Array.from({ length: space.size ?? 0 }, (_, i) => space.axes[0]?.valueAt(i));
    };
    expect(values({ from: 0.1, to: 10, points: 3, scale: 'log' })).toEqual([0.1, 1, 10]);
    expect(values({ from: 0, to: 1, step: 0.3 })).toEqual([0, 0.3, 0.6, 0.9]);
    expect(values({ in: [5, 1, 2] })).toEqual([5, 1, 2]);
    expect(values({ from: 3, to: 3 })).toEqual([3]);
  });

  it.each([
    ['an unknown parameter', { slow: {} }],
    ['nothing', {}],
    ['a value beyond the table', { fast: { from: 2, to: 301 } }],
    ['half a step of a whole number', { fast: { from: 2, to: 9, step: 0.5 } }],
    ['ends that are turned round', { fast: { from: 9, to: 2 } }],
    ['a logarithm of nothing', { threshold: { from: 0, to: 1, scale: 'log' } }],
    ['a choice that is none', { kind: { in: ['wma'] } }],
    ['a list of nothing', { kind: { in: [] } }],
    ['a value twice', { fast: { in: [2, 2] } }],
    ['a misspelt key', { fast: { from: 2, until: 9 } }],
    ['too many levels', { threshold: { from: 0, to: 10, step: 1e-9 } }],
  ])('refuses %s', (_, given) => {
    const read = readSpace(table, given, { fixed: 'fast' in given ? {} : { fast: 5 } });
    expect(read.ok ? '' : read.fault.code).toMatch(/^search\.(space|axis)$/);
  });

  it('refuses a parameter that nobody gives', () => {
    const read = readSpace(table, { kind: {} });
    expect(read.ok ? '' : read.fault.detail).toContain('fast: is missing');
  });
});

describe('the order of random points', () => {
  it('is a bijection for every size and seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), (size, seed) => {
        const order = permutation(size, seed);
        const places = new Set(Array.from({ length: size }, (_, i) => order(i)));
        expect(places.size).toBe(size);
        expect(Math.max(...places)).toBe(size - 1);
      }),
      { numRuns: 60 },
    );
    expect(permutation(2 ** 48, 3)(2 ** 47)).toBeLessThan(2 ** 48);
  });

  it('has no favourites among the first', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      const at = permutation(10, seed)(0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    // χ² of nine degrees: 27.9 is one in a thousand.
    expect(counts.reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0)).toBeLessThan(27.9);
  });
});

describe('a search', () => {
  it('of a grid tries every allowed point once, in order, and counts the refused apart', () => {
    const searcher = searcherOf(crossing(4), { method: 'grid' });
    const result = runSearch(
      searcher,
      scored(({ fast, slow }) => Number(fast) * 10 - Number(slow)),
      2,
    );
    const tried = result.trials.map(({ parameters: { fast, slow } }) => `${fast}${slow}`);
    expect(tried).toEqual(['12', '13', '14', '23', '24', '34']);
    expect(result).toMatchObject({
      refused: 10,
      size: 16,
      best: { parameters: { fast: 3, slow: 4 } },
    });
  });

  it('of a grid can be had in parts', () => {
    const part = (first: number, trials: number): unknown[] =>
      searcherOf(crossing(4), { first, trials })
        .ask(99)
        .map(({ parameters }) => parameters);
    const whole = searcherOf(crossing(4), {})
      .ask(99)
      .map(({ parameters }) => parameters);
    expect(whole.slice(0, 4)).toEqual(part(0, 4));
    expect(part(15, 9)).toEqual([]);
  });

  it.each(['random', 'tpe'])(
    '(%s) of a finite space repeats nothing and ends with the space',
    (method) => {
      const searcher = searcherOf(crossing(6), { method, trials: 500, startTrials: 4 });
      const { trials, stopped } = runSearch(
        searcher,
        scored(({ fast }) => Number(fast)),
        3,
      );
      const tried = new Set(trials.map(({ point }) => point.join()));
      expect([tried.size, trials.length]).toEqual([15, 15]);
      expect(stopped).toBe('there is nothing left to try');
      expect(trials.every(({ parameters: { fast, slow } }) => Number(fast) < Number(slow))).toBe(
        true,
      );
    },
  );

  it('gives up where the check refuses everything', () => {
    const space = found(
      readSpace(
        table,
        { threshold: { from: 0, to: 1 } },
        { fixed: { fast: 2 }, check: () => 'no' },
      ),
    );
    const result = runSearch(
      searcherOf(space, { method: 'random' }),
      scored(() => 1),
    );
    expect([result.trials.length, result.best, result.refused]).toEqual([0, null, 100_000]);
  });

  it('never lets a trial without a value win, and says why it has none', () => {
    const searcher = searcherOf(crossing(5), {});
    const result = runSearch(searcher, (trials) =>
      trials.map(({ number }) => ({
        number,
        value: number === 0 ? Number.POSITIVE_INFINITY : null,
      })),
    );
    expect([result.best, result.undefinedTrials]).toEqual([null, 10]);
    expect(result.trials[0]?.why).toBe('the objective is Infinity');
  });

  it('does not depend on the order in which answers come, nor on how many are asked at once', async () => {
    const space = found(
      readSpace(table, {
        threshold: { from: 0.1, to: 10, scale: 'log' },
        fast: { from: 2, to: 60 },
      }),
    );
    const value = ({ threshold, fast }: ParameterSet): number | null =>
      Number(fast) === 30 ? null : -((Number(fast) - 40) ** 2) - (Number(threshold) - 2) ** 2;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('grid', 'random', 'tpe'),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat({ max: 999 }),
        async (method, parallel, concurrency, seed) => {
          const grid = method === 'grid';
          const over = grid ? crossing(6) : space;
          const given = { method, trials: 30, startTrials: 8, parallel, seed };
          const wanted = runSearch(searcherOf(over, given), scored(grid ? () => 1 : value), 4);
          const random = seededRandom(seed);
          const later = async (trials: readonly Trial[]): Promise<Outcome[]> => {
            for (let wait = random.integer(12); wait > 0; wait--) await Promise.resolve();
            return scored(grid ? () => 1 : value)(trials).toReversed();
          };
          const options = { concurrency, batch: 1 + random.integer(3) };
          const got = await runSearchConcurrently(searcherOf(over, given), later, options);
          expect(got).toEqual(wanted);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes on from its state as if it had never stopped, and finds what was lost', () => {
    const space = found(
      readSpace(table, { threshold: { from: 0, to: 10 } }, { fixed: { fast: 2 } }),
    );
    const given = { method: 'tpe', trials: 40, startTrials: 6, parallel: 3 };
    const score = scored(({ threshold }) => Math.sin(Number(threshold)));
    const wanted = runSearch(searcherOf(space, given), score);
    const broken = searcherOf(space, given);
    for (let i = 0; i < 12; i++) broken.tell(score(broken.ask(1)));
    broken.ask(2);
    const stored = JSON.parse(JSON.stringify(broken.state()));
    const again = searcherOf(space, given, stored);
    expect(awaitedTrials(space, stored).map(({ number }) => number)).toEqual([12, 13]);
    again.tell(score(awaitedTrials(space, stored)));
    expect(runSearch(again, score)).toEqual(wanted);
  });

  it('ends where it is cancelled, and throws what its score throws', async () => {
    const signal = { aborted: false };
    const options = { concurrency: 2, batch: 1, signal };
    const result = await runSearchConcurrently(
      searcherOf(crossing(6), {}),
      async (trials) => {
        signal.aborted = true;
        return scored(() => 1)(trials);
      },
      options,
    );
    expect([result.trials.length, result.stopped]).toEqual([1, 'it was cancelled']);
    const broken = runSearchConcurrently(
      searcherOf(crossing(6), {}),
      async () => Promise.reject(new Error('broken')),
      { concurrency: 2, batch: 1 },
    );
    await expect(broken).rejects.toThrow('broken');
    const atOnce = runSearchConcurrently(
      searcherOf(crossing(6), {}),
      () => {
        throw new Error('at once');
      },
      { concurrency: 2, batch: 1 },
    );
    await expect(atOnce).rejects.toThrow('at once');
  });

  it('refuses a grid of continuous parameters, and one that is past its end', () => {
    const space = found(
      readSpace(table, { threshold: { from: 0, to: 1 } }, { fixed: { fast: 2 } }),
    );
    expect(() => searcherOf(space, { method: 'grid' })).toThrow('give it a step');
    expect(() => searcherOf(crossing(3), { first: 9 })).toThrow('none has the number 9');
  });
});

describe('a Latin hypercube', () => {
  it('takes each part of each range once', () => {
    const space = found(
      readSpace(table, { threshold: { from: 0, to: 1 }, fast: { from: 2, to: 11 } }),
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
  const numbers = parameterTable({
    a: { kind: 'number', title: 'a' },
    b: { kind: 'number', title: 'b' },
    c: { kind: 'integer', title: 'c', default: 0 },
    d: { kind: 'choice', title: 'd', of: ['p', 'q', 'r', 's'], default: 'p' },
  });
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
