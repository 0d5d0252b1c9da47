import { parameterTable, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awaitedTrials } from './ask-and-tell.ts';
import { type ParameterSet, readSpace } from './parameter-space.ts';
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
