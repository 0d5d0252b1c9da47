import { parameterTable, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatMap } from './heat-map.ts';
import { rankCorrelation, slope } from './pair-figures.ts';
import { type ParameterSet, readSpace } from './parameter-space.ts';
import { randomEntries } from './random-entries.ts';
import { runSearch } from './run-search.ts';
import { sensitivities } from './sensitivity.ts';
import { found, searcherOf } from './testing/found.ts';
import { tradeSimulation } from './trade-simulation.ts';

const space = found(
  readSpace(
    parameterTable({
      a: { kind: 'integer', title: 'a' },
      b: { kind: 'integer', title: 'b' },
      c: { kind: 'choice', title: 'c', of: ['x', 'y'] },
    }),
    { a: { from: 1, to: 3 }, b: { from: 1, to: 4 }, c: {} },
  ),
);

const tried = (value: (set: ParameterSet) => number | null) =>
  runSearch(searcherOf(space, {}), (trials) =>
    trials.map(({ number, parameters }) => ({ number, value: value(parameters) })),
  ).trials;

describe('a heat map', () => {
  const trials = tried(({ a, b, c }) =>
    a === 3 && b === 4 ? null : Number(a) * 10 + Number(b) + (c === 'x' ? 0.5 : 0),
  );

  it('has the others at their best or in the middle, and nothing where nothing was', () => {
    const best = found(heatMap(space, trials, 'a', 'b'));
    expect(best.cells[1]).toEqual([21.5, 22.5, 23.5, 24.5]);
    expect(best.cells[2]).toEqual([31.5, 32.5, 33.5, null]);
    const middle = found(heatMap(space, trials, 'b', 'a', 'median'));
    expect(middle.cells[0]).toEqual([11.25, 21.25, 31.25]);
    expect([middle.rows, middle.columns]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3],
    ]);
  });

  it('tells a plateau from a peak', () => {
    const lonely = found(
      heatMap(
        space,
        tried(({ a, b }) => (a === 2 && b === 2 ? 8 : -1)),
        'a',
        'b',
      ),
    );
    expect([lonely.plateau[1]?.[1], lonely.positiveAround[1]?.[1]]).toEqual([-1 / 8, 0]);
    const flat = found(
      heatMap(
        space,
        tried(() => 3),
        'a',
        'b',
      ),
    );
    expect(flat.plateau.flat().every((each) => each === 1)).toBe(true);
  });

  it.each([
    ['a', 'a'],
    ['a', 'z'],
  ])('refuses %s by %s', (row, column) => {
    const map = heatMap(space, trials, row, column);
    expect(map.ok ? '' : map.fault.code).toBe('search.heat-map');
  });
});

describe('sensitivity', () => {
  it('finds the parameter that matters', () => {
    const [a, b, c] = sensitivities(
      space,
      tried((set) => Number(set['b']) ** 2),
    );
    expect(b?.explained.value).toBeCloseTo(1, 12);
    expect([a?.spread.value, b?.spread.value]).toEqual([0, 15]);
    expect(Math.max(a?.explained.value ?? 1, c?.explained.value ?? 1)).toBeLessThanOrEqual(0);
  });

  it('has a reason where the objective never varies or was never had', () => {
    expect(
      sensitivities(
        space,
        tried(() => 1),
      )[0]?.explained.why,
    ).toBe('the objective does not vary');
    expect(
      sensitivities(
        space,
        tried(() => null),
      )[0],
    ).toMatchObject({
      explained: { value: null },
      spread: { value: null, why: 'no trial has a value' },
    });
  });
});

describe('pairs of figures', () => {
  it('have a rank correlation that no rising change of scale moves, and a slope', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (values) => {
        const x = Float64Array.from(values);
        const cubes = x.map((each) => each ** 3);
        const distinct = new Set(values).size > 1;
        expect(rankCorrelation(x, cubes).value ?? 0).toBeCloseTo(distinct ? 1 : 0, 10);
        const line = slope(
          x,
          x.map((each) => 2 - 3 * each),
        ).value;
        expect(line ?? -3).toBeCloseTo(-3, 10);
      }),
    );
    expect(slope(Float64Array.of(1, 2), Float64Array.of(1, 2)).why).toBe('needs 3 pairs, has 2');
  });
});

describe('Monte Carlo on trades', () => {
  const returns = (seed: number, n = 40): Float64Array => {
    const random = seededRandom(seed);
    return Float64Array.from({ length: n }, () => 0.01 + 0.05 * random.normal());
  };

  it('ends where it did whatever the order', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const of = returns(seed);
        const got = found(tradeSimulation(of, { method: 'shuffle', draws: 100, seed }));
        const wanted = of.reduce((growth, each) => growth * (1 + each), 1);
        expect(got.growth).toBeCloseTo(wanted, 10);
        expect(got.growths.p05.value).toBeCloseTo(wanted, 10);
        expect(got.growths.p95.value).toBeCloseTo(wanted, 10);
      }),
      { numRuns: 20 },
    );
  });

  it('is as it was with one block of all but its turn, and the same for the same seed', () => {
    const of = returns(3);
    const settings = { method: 'bootstrap', block: 40, draws: 100 };
    const got = found(tradeSimulation(of, settings));
    expect(got.growths.deviation.value).toBeLessThan(1e-12);
    expect(found(tradeSimulation(of, settings))).toEqual(got);
    expect(JSON.parse(JSON.stringify(got))).toEqual(got);
  });

  it('skips about the share that was asked', () => {
    const one = new Float64Array(1000).fill(Math.expm1(0.001));
    const { growths } = found(tradeSimulation(one, { method: 'skip', skipShare: 0.25 }));
    // 750 trades are left, with a deviation of 13.7 from draw to draw.
    expect(Math.abs(1000 * Math.log(growths.median.value ?? 0) - 750)).toBeLessThan(5);
  });

  it('lets nothing come back from ruin', () => {
    const got = found(tradeSimulation(Float64Array.of(-2, 5), { method: 'shuffle' }));
    expect([got.growth, got.worstFall, got.chanceOfLoss, got.chanceOfFall]).toEqual([0, 1, 1, 1]);
    expect(tradeSimulation(Float64Array.of(1), {}).ok).toBe(false);
  });
});

describe('random entries', () => {
  const changes = (seed: number, n: number): Float64Array => {
    const random = seededRandom(seed);
    return Float64Array.from({ length: n }, () => 0.01 * random.normal());
  };

  it('know a rule that sees the future from one that does not', () => {
    const of = changes(5, 400);
    const best = [...of.keys()]
      .filter((t) => t % 10 === 0)
      .map((t) => {
        const days = Array.from({ length: 10 }, (_, i) => t + i);
        return days.reduce((a, b) => ((of[b] ?? 0) > (of[a] ?? 0) ? b : a));
      });
    const trades = { from: best, bars: best.map(() => 1), side: best.map(() => 1) };
    expect(found(randomEntries(of, trades, { draws: 500, seed: 1 })).pValue).toBe(1 / 501);
  });

  it('have evenly spread chances for rules without skill', () => {
    const low = Array.from({ length: 200 }, (_, seed) => {
      const of = changes(seed, 120);
      const from = [3, 20, 41, 60, 90];
      const trades = { from, bars: [5, 9, 4, 12, 7], side: [1, -1, 1, 1, -1] };
      return found(randomEntries(of, trades, { draws: 99, seed })).pValue;
    }).filter((p) => p <= 0.2).length;
    // Binomial of 200 at 0.2: mean 40, deviation 5.7.
    expect(Math.abs(low - 40)).toBeLessThan(20);
  });

  it('reach every placing alike', () => {
    // Two trades of one bar on three bars: the free bar is one of three.
    const of = Float64Array.of(0.1, 0.2, 0.4);
    const trades = { from: [0, 1], bars: [1, 1], side: [1, 1] };
    const { byChance } = found(randomEntries(of, trades, { draws: 3000, seed: 2 }));
    const logs = [0.1, 0.2, 0.4].map(Math.log1p);
    const mean = (2 / 3) * logs.reduce((a, b) => a + b, 0);
    expect(Math.abs((byChance.mean.value ?? 0) - mean)).toBeLessThan(0.01);
  });

  it.each([
    ['that overlap', { from: [0, 1], bars: [2, 1], side: [1, 1] }],
    ['beyond the end', { from: [9], bars: [2], side: [1] }],
    ['of no side', { from: [1], bars: [2], side: [0] }],
    ['that are none', { from: [], bars: [], side: [] }],
  ])('refuse trades %s', (_, trades) => {
    const got = randomEntries(changes(1, 10), trades, { draws: 10, seed: 1 });
    expect(got.ok ? '' : got.fault.code).toBe('simulation.entries');
  });
});
