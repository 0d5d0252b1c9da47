import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readObjective } from './objective.ts';
import { found } from './testing/found.ts';
import { momentumSpace, momentumWork, priceWalk, sessionDays } from './testing/momentum.ts';
import { walkForwardConcurrently, walkForwardRun } from './walk-forward.ts';
import { walkForwardReport } from './walk-forward-report.ts';
import { walkForwardWindows } from './walk-forward-windows.ts';

const cut = (bars: number, given: object) => found(walkForwardWindows(sessionDays(bars), given));

describe('walk-forward windows', () => {
  it('roll or stay anchored, and end short or are dropped', () => {
    const places = (given: object) =>
      cut(25, { inSample: 10, outOfSample: 4, ...given }).windows.map(
        ({ inSample: a, outOfSample: b }) => [a.from, a.until, b.from, b.until],
      );
    expect(places({})).toEqual([
      [0, 10, 10, 14],
      [4, 14, 14, 18],
      [8, 18, 18, 22],
      [12, 22, 22, 25],
    ]);
    expect(places({ scheme: 'anchored', lastWindow: 'drop', purge: 2, embargo: 1 })).toEqual([
      [0, 7, 10, 14],
      [0, 11, 14, 18],
      [0, 15, 18, 22],
    ]);
    expect(places({ step: 9 })).toEqual([
      [0, 10, 10, 14],
      [9, 19, 19, 23],
    ]);
  });

  it('count sessions or calendar days, with any number of bars a session', () => {
    const days = Int32Array.of(0, 0, 1, 1, 4, 4, 5, 5, 6, 6);
    const places = (daysAre: string, inSample: number) =>
      found(walkForwardWindows(days, { inSample, outOfSample: 2, daysAre })).windows.map(
        ({ outOfSample: { from, until, firstDay } }) => [from, until, firstDay],
      );
    expect(places('sessions', 2)).toEqual([
      [4, 8, '1970-01-05'],
      [8, 10, '1970-01-07'],
    ]);
    // Days 2 and 3 are a weekend.
    expect(places('calendar-days', 3)).toEqual([
      [4, 6, '1970-01-05'],
      [6, 10, '1970-01-06'],
    ]);
  });

  it('never judge a bar twice, nor learn from one that is judged in the same window or later', () => {
    const days = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        fc.record({ inSample: days, outOfSample: days, purge: fc.nat({ max: 3 }) }),
        fc.constantFrom('rolling', 'anchored'),
        fc.constantFrom('sessions', 'calendar-days'),
        fc.nat({ max: 6 }),
        (given, scheme, daysAre, more) => {
          const step = given.outOfSample + more;
          const read = walkForwardWindows(sessionDays(60), { ...given, scheme, daysAre, step });
          if (!read.ok) return;
          let judged = 0;
          for (const { inSample, outOfSample, purged } of read.value.windows) {
            expect(outOfSample.from).toBeGreaterThanOrEqual(judged);
            expect(inSample.until + purged).toBe(outOfSample.from);
            expect(inSample.from).toBeLessThan(inSample.until);
            expect(outOfSample.from).toBeLessThan(outOfSample.until);
            judged = outOfSample.until;
          }
          expect(judged).toBeLessThanOrEqual(60);
        },
      ),
    );
  });

  it('say what they leave out', () => {
    expect(cut(30, { inSample: 10, outOfSample: 4, step: 7, lastWindow: 'drop' }).notes).toEqual([
      'The first 10 bars are in no out-of-sample part.',
      '6 bars between out-of-sample parts are judged by none.',
      'The last 2 bars are in no window.',
    ]);
  });

  it.each([
    ['a step that judges days twice', { inSample: 5, outOfSample: 5, step: 4 }],
    ['a purge shorter than a holding', { inSample: 5, outOfSample: 5, purge: 1, horizon: 2 }],
    ['too short a history', { inSample: 30, outOfSample: 5 }],
    ['a purge of everything', { inSample: 5, outOfSample: 5, purge: 5 }],
    ['no whole window', { inSample: 28, outOfSample: 5, lastWindow: 'drop' }],
  ])('refuse %s', (_, given) => {
    const read = walkForwardWindows(sessionDays(30), given);
    expect(read.ok ? '' : read.fault.code).toBe('walk-forward.windows');
  });
});

const usual = { inSample: 40, outOfSample: 15, purge: 3, embargo: 1 };

describe('a walk-forward', () => {
  it('chooses the same whatever comes after the in-sample part', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 5 }),
        fc.record({
          scheme: fc.constantFrom('rolling', 'anchored'),
          pick: fc.constantFrom('best', 'plateau'),
        }),
        fc.constantFrom('grid', 'tpe'),
        (seed, which, choice, method) => {
          const prices = priceWalk(seed, 140);
          const given = { ...usual, ...choice };
          const search = { method, trials: 16, startTrials: 6 };
          const wanted = found(walkForwardRun(momentumWork(prices, given, search)));
          const window = wanted[which % wanted.length]?.window;
          const random = seededRandom(seed);
          const spoilt = prices.map((price, t) =>
            t < (window?.inSample.until ?? 0) ? price : 1 + 1000 * random.next(),
          );
          const got = found(walkForwardRun(momentumWork(spoilt, given, search)));
          const chosen = (each: typeof got) =>
            each.slice(0, window?.number).map(({ picked }) => picked?.trial);
          expect(chosen(got)).toEqual(chosen(wanted));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is the same with answers that come late', async () => {
    const work = momentumWork(priceWalk(4, 150), usual, { method: 'tpe', trials: 14, parallel: 4 });
    const later = {
      ...work,
      score: async (...args: Parameters<typeof work.score>) => work.score(...args),
      run: async (...args: Parameters<typeof work.run>) => work.run(...args),
    };
    const progress: string[] = [];
    const onProgress = (done: number, total: number): void => {
      progress.push(`${done}/${total}`);
    };
    const options = { concurrency: 3, batch: 2, onProgress };
    const got = found(await walkForwardConcurrently(later, options));
    expect(got).toEqual(found(walkForwardRun(work)));
    expect(progress.at(-1)).toBe(`${14 * got.length}/${14 * got.length}`);
    const signal = { aborted: false };
    const stopped = await walkForwardConcurrently(later, {
      ...options,
      signal,
      onProgress: (done) => {
        signal.aborted = done > 20;
      },
    });
    expect(stopped.ok ? '' : stopped.fault.code).toBe('walk-forward.cancelled');
  });

  it('chains the out-of-sample returns, and its figures are those of the chain', () => {
    const work = momentumWork(priceWalk(11, 170), usual);
    const judged = found(walkForwardRun(work));
    const report = walkForwardReport(work.windows, judged, work.objective, momentumSpace);
    const parts = judged.flatMap(({ outOfSample }) => [...(outOfSample?.returns ?? [])]);
    expect(report.returns).toEqual(parts.map((each) => each + 0));
    expect(report.bars).toEqual(Array.from({ length: 130 }, (_, i) => 40 + i));
    const growth = parts.reduce((product, each) => product * (1 + each), 1);
    expect(report.outOfSample.totalReturn.value).toBeCloseTo(growth - 1, 12);
    const gains = judged.flatMap(({ outOfSample }) => [...(outOfSample?.tradeGains ?? [])]);
    expect(report.tradeGains).toEqual(gains.map((each) => each + 0));
    expect(report.outOfSample.trades).toBe(gains.length);
    const whole = report.windows.reduce(
      (product, { outOfSampleFigures }) =>
        product * (1 + (outOfSampleFigures?.totalReturn.value ?? 0)),
      1,
    );
    expect(growth).toBeCloseTo(whole, 12);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.trials).toBe(24 * report.windows.length);
  });

  it('has an efficiency of one where both parts earn alike', () => {
    const prices = Float64Array.from({ length: 120 }, (_, t) => 1.001 ** t);
    const work = momentumWork(prices, { inSample: 40, outOfSample: 20 });
    const steady: typeof work = {
      ...work,
      score: (trials) => trials.map(({ number }) => ({ number, value: 1 })),
      run: (parameters, part, carried) => {
        const { returns, ...rest } = work.run(parameters, part, carried);
        return { ...rest, returns: returns.map(() => 0.001) };
      },
    };
    const judged = found(walkForwardRun(steady));
    const report = walkForwardReport(work.windows, judged, work.objective, momentumSpace);
    expect(report.efficiency.value).toBeCloseTo(1, 10);
    expect(report.profitableWindows.value).toBe(1);
    expect(report.drift.map(({ name }) => name)).toEqual(['lookBack', 'short']);
  });

  it('carries positions over the border only where asked', () => {
    const states = (positions: string): (number | null)[] => {
      const work = momentumWork(priceWalk(2, 150), { ...usual, positions });
      const seen: (number | null)[] = [];
      const run: typeof work.run = (parameters, part, carried) => {
        if (work.windows.windows.some(({ outOfSample }) => outOfSample === part))
          seen.push(carried);
        return work.run(parameters, part, carried);
      };
      found(walkForwardRun({ ...work, run }));
      return seen;
    };
    expect(new Set(states('flat'))).toEqual(new Set([null]));
    expect(states('carried').slice(1)).not.toContain(null);
  });

  it('stays in cash where nothing qualifies, and says so', () => {
    const work = momentumWork(priceWalk(2, 100), usual);
    const none: typeof work = {
      ...work,
      score: (trials) =>
        trials.map(({ number }) => ({ number, value: null, why: 'too few trades' })),
    };
    const judged = found(walkForwardRun(none));
    const report = walkForwardReport(work.windows, judged, work.objective, momentumSpace);
    expect(report.outOfSample.totalReturn.value).toBe(0);
    expect(report.efficiency.value).toBeNull();
    expect(report.windows.every(({ chosen }) => chosen === null)).toBe(true);
    expect(report.notes.at(-1)).toContain('no parameters qualified');
  });

  it('judges what it chose whatever the fewest trades of the search', () => {
    const work = momentumWork(priceWalk(3, 150), usual);
    const strict = found(readObjective({ minimumTrades: 1000 }));
    const judged = found(walkForwardRun(work));
    const figures = (objective: typeof strict) =>
      walkForwardReport(work.windows, judged, objective, momentumSpace).windows.map(
        ({ outOfSampleFigures }) => outOfSampleFigures?.objective.value,
      );
    expect(figures(strict)).toEqual(figures(work.objective));
    expect(figures(strict)).not.toContain(null);
  });

  it('warns of trades longer than the purge', () => {
    const work = momentumWork(priceWalk(3, 150), { inSample: 40, outOfSample: 15 });
    const judged = found(walkForwardRun(work));
    const { notes } = walkForwardReport(work.windows, judged, work.objective, momentumSpace);
    expect(notes.at(-1)).toContain('longer than the purge of 0');
  });
});
