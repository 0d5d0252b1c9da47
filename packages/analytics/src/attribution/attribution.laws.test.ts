import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BrinsonEffects, type BrinsonPeriod, brinson, geometricBrinson } from './brinson.ts';
import { type CurrencyPeriod, currencyAttribution } from './currency-attribution.ts';
import { groupReturns } from './group-period.ts';
import { type LinkingMethod, linkingFactors } from './linking.ts';
import { lastOfEach, rebalancedPath } from './rebalanced-path.ts';

const runs = { numRuns: 150 };
const fraction = fc.double({ min: -0.4, max: 0.6, noNaN: true });
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function granted<T>(result: { ok: true; value: T } | { ok: false; fault: { detail: string } }): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const near = (found: number, wanted: number, tolerance = 1e-12): void => {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
};

/** Signed weights that sum to 1. */
const anyWeights = (k: number): fc.Arbitrary<number[]> =>
  fc.array(fraction, { minLength: k, maxLength: k }).map((all) => {
    const rest = 1 - sum(all.slice(1));
    return [rest, ...all.slice(1)];
  });

const periodOf = (k: number): fc.Arbitrary<BrinsonPeriod> =>
  fc
    .tuple(
      anyWeights(k),
      anyWeights(k),
      fc.array(fraction, { minLength: k, maxLength: k }),
      fc.array(fraction, { minLength: k, maxLength: k }),
    )
    .map(([portfolioWeights, benchmarkWeights, portfolioReturns, benchmarkReturns]) => ({
      groups: portfolioWeights.map((_, i) => `group ${i}`),
      portfolioWeights,
      benchmarkWeights,
      portfolioReturns,
      benchmarkReturns,
    }));

const anyPeriod = fc.integer({ min: 1, max: 8 }).chain(periodOf);

const whole = ({ allocation, selection, interaction }: BrinsonEffects): number =>
  sum(allocation) + sum(selection) + sum(interaction);

describe('Brinson attribution', () => {
  it('adds up to the active return, in both ways', () => {
    fc.assert(
      fc.property(
        anyPeriod,
        fc.constantFrom('brinson-fachler' as const, 'brinson-hood-beebower' as const),
        (period, method) => {
          const effects = granted(brinson(period, method));
          near(whole(effects), effects.portfolioReturn - effects.benchmarkReturn);
        },
      ),
      runs,
    );
  });

  it('goes with its groups when they are put in another order', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const turned = <T>(all: ArrayLike<T>): T[] => Array.from(all).reverse();
        const there = granted(brinson(period));
        const back = granted(
          brinson({
            groups: turned(period.groups),
            portfolioWeights: turned(period.portfolioWeights),
            benchmarkWeights: turned(period.benchmarkWeights),
            portfolioReturns: turned(period.portfolioReturns),
            benchmarkReturns: turned(period.benchmarkReturns),
          }),
        );
        for (const effect of ['allocation', 'selection', 'interaction'] as const) {
          turned(back[effect]).forEach((each, i) => {
            near(each, there[effect][i] ?? Number.NaN);
          });
        }
      }),
      runs,
    );
  });

  it('finds nothing in the benchmark itself, and no allocation at its weights', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const sameWeights = granted(
          brinson({ ...period, portfolioWeights: period.benchmarkWeights }),
        );
        near(sum(sameWeights.allocation.map(Math.abs)), 0);
        near(sum(sameWeights.interaction.map(Math.abs)), 0);
        const sameReturns = granted(
          brinson({ ...period, portfolioReturns: period.benchmarkReturns }),
        );
        near(sum(sameReturns.selection.map(Math.abs)), 0);
      }),
      runs,
    );
  });

  it('compounds geometrically to the geometric active return', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const effects = geometricBrinson(period);
        fc.pre(effects.ok);
        const { allocation, selection, active, portfolioReturn, benchmarkReturn } =
          granted(effects);
        fc.pre(benchmarkReturn > -0.9 && sum(allocation) > -0.9);
        near((1 + sum(allocation)) * (1 + sum(selection)) - 1, active, 1e-11);
        near((1 + benchmarkReturn) * (1 + active), 1 + portfolioReturn, 1e-11);
      }),
      runs,
    );
  });

  it('counts what only the portfolio holds as allocation', () => {
    const effects = granted(
      brinson({
        groups: ['bonds', 'gold'],
        portfolioWeights: [0.9, 0.1],
        benchmarkWeights: [1, 0],
        portfolioReturns: [0.01, 0.05],
        benchmarkReturns: [0.01, null],
      }),
    );
    expect([...effects.selection]).toEqual([0, 0]);
    near(sum(effects.allocation), 0.004);
  });

  it.each([
    [{ portfolioWeights: [0.5, 0.4] }, /sum to 0.9 and the benchmark's to 1.*cash/],
    [{ portfolioReturns: [0.1, null] }, /portfolio holds 0.5 of b but its return/],
    [{ benchmarkReturns: [Number.NaN, 0] }, /benchmark's return of a is NaN/],
    [{ groups: [] }, /no groups/],
    [{ portfolioWeights: [0.5] }, /no weight for b/],
  ])('refuses %j', (change, detail) => {
    const period: BrinsonPeriod = {
      groups: ['a', 'b'],
      portfolioWeights: [0.5, 0.5],
      benchmarkWeights: [0.5, 0.5],
      portfolioReturns: [0.1, 0.2],
      benchmarkReturns: [0.1, 0.2],
      ...change,
    };
    const result = brinson(period);
    expect(result.ok ? '' : result.fault.detail).toMatch(detail);
  });

  it('refuses a geometric active return after the loss of everything', () => {
    const result = geometricBrinson({
      groups: ['a'],
      portfolioWeights: [1],
      benchmarkWeights: [1],
      portfolioReturns: [0],
      benchmarkReturns: [-1],
    });
    expect(result.ok ? '' : result.fault.code).toBe('attribution.total-loss');
  });
});

const anyPeriods = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 60 }))
  .chain(([k, n]) => fc.array(periodOf(k), { minLength: n, maxLength: n }));

describe('linking', () => {
  it.each<LinkingMethod>(['carino', 'menchero', 'grap'])(
    'by %s adds up to the active return of the whole, for any number of periods',
    (method) => {
      fc.assert(
        fc.property(anyPeriods, (periods) => {
          const effects = periods.map((period) => granted(brinson(period)));
          const portfolio = effects.map((each) => each.portfolioReturn);
          const benchmark = effects.map((each) => each.benchmarkReturn);
          fc.pre([...portfolio, ...benchmark].every((each) => each > -0.9));
          const linked = granted(linkingFactors({ portfolio, benchmark }, method));
          const parts = effects.map((each, t) => whole(each) * (linked.factors[t] ?? Number.NaN));
          const size = Math.max(
            1,
            linked.portfolioReturn,
            linked.benchmarkReturn,
            sum(parts.map(Math.abs)),
          );
          const active = linked.portfolioReturn - linked.benchmarkReturn;
          expect(Math.abs(sum(parts) - active)).toBeLessThanOrEqual(1e-12 * size);
        }),
        runs,
      );
    },
  );

  it('changes nothing over one period and is even-handed where nothing is active', () => {
    for (const method of ['carino', 'menchero', 'grap', 'none'] as const) {
      const one = granted(linkingFactors({ portfolio: [0.1], benchmark: [0.02] }, method));
      near(one.factors[0] ?? Number.NaN, 1);
    }
    const passive = { portfolio: [0.1, -0.05, 0.02], benchmark: [0.1, -0.05, 0.02] };
    const carino = granted(linkingFactors(passive, 'carino'));
    near(carino.factors[0] ?? Number.NaN, (1.1 * 0.95 * 1.02) / 1.1);
    const menchero = granted(linkingFactors(passive, 'menchero'));
    near(menchero.optimised?.natural ?? Number.NaN, (1.1 * 0.95 * 1.02) ** (2 / 3));
    expect(menchero.optimised?.correction).toBe(0);
  });

  it('by GRAP sums to what the recursion of Frongello does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fraction, fraction), { minLength: 1, maxLength: 20 }),
        (all) => {
          let recursive = 0;
          let growth = 1;
          for (const [r, b] of all) {
            recursive += (r - b) * growth + b * recursive;
            growth *= 1 + r;
          }
          const { factors } = granted(
            linkingFactors(
              { portfolio: all.map(([r]) => r), benchmark: all.map(([, b]) => b) },
              'grap',
            ),
          );
          near(sum(all.map(([r, b], t) => (r - b) * (factors[t] ?? Number.NaN))), recursive, 1e-11);
        },
      ),
      runs,
    );
  });

  it.each([
    [{ portfolio: [], benchmark: [] }, 'no periods'],
    [{ portfolio: [0.1], benchmark: [] }, '1 periods and the benchmark 0'],
    [{ portfolio: [-1], benchmark: [0] }, 'Period 1 returned -1'],
  ])('refuses %j', (returns, detail) => {
    const result = linkingFactors(returns, 'carino');
    expect(result.ok ? '' : result.fault.detail).toContain(detail);
  });
});

const anyCurrencyPeriod: fc.Arbitrary<CurrencyPeriod> = fc
  .tuple(
    fc.integer({ min: 2, max: 6 }).chain(periodOf),
    fc.array(fc.tuple(fraction, fraction, fraction), { minLength: 3, maxLength: 3 }),
  )
  .map(([{ groups, ...period }, currencies]) => {
    const forwards = currencies.map(([, , hedge]) => hedge);
    forwards[0] = -sum(forwards.slice(1));
    return {
      ...period,
      markets: groups,
      currencies: ['EUR', 'USD', 'JPY'],
      currencyOf: groups.map((_, i) => i % 3),
      cashReturns: currencies.map(([cash]) => cash / 10),
      exchangeReturns: currencies.map(([, exchange], c) => (c === 0 ? 0 : exchange)),
      portfolioForwards: forwards,
    };
  });

describe('currency attribution', () => {
  it('adds up to the active return in base currency, forwards included', () => {
    fc.assert(
      fc.property(
        anyCurrencyPeriod,
        fc.constantFrom('simple' as const, 'continuous' as const),
        (period, compounding) => {
          const effects = granted(currencyAttribution(period, compounding));
          near(
            whole(effects.market) + sum(effects.currency),
            effects.portfolioReturn - effects.benchmarkReturn,
          );
        },
      ),
      runs,
    );
  });

  it('has the simple return in base currency where nothing is hedged', () => {
    fc.assert(
      fc.property(anyCurrencyPeriod, ({ portfolioForwards: _, ...period }) => {
        const { portfolioReturn } = granted(currencyAttribution(period));
        const wanted = sum(
          period.markets.map((_market, i) => {
            const local = period.portfolioReturns[i] ?? 0;
            const exchange = period.exchangeReturns[period.currencyOf[i] ?? 0] ?? 0;
            return (period.portfolioWeights[i] ?? 0) * ((1 + local) * (1 + exchange) - 1);
          }),
        );
        near(portfolioReturn, wanted);
      }),
      runs,
    );
  });

  it('finds only currency in a benchmark that is hedged', () => {
    const period = {
      markets: ['home', 'abroad'],
      currencies: ['EUR', 'USD'],
      currencyOf: [0, 1],
      portfolioWeights: [0.6, 0.4],
      benchmarkWeights: [0.6, 0.4],
      portfolioReturns: [0.05, 0.1],
      benchmarkReturns: [0.05, 0.1],
      cashReturns: [0.01, 0.02],
      exchangeReturns: [0, -0.05],
      portfolioForwards: [0.4, -0.4],
    };
    const effects = granted(currencyAttribution(period));
    near(whole(effects.market), 0);
    expect([...effects.portfolioExposure]).toEqual([1, 0]);
    // 40 % earned the cash of the euro rather than that of a dollar that fell.
    near(sum(effects.currency), 0.4 * (0.01 - (1.02 * 0.95 - 1)));
    const refused = currencyAttribution({ ...period, portfolioForwards: [0.1, 0] });
    expect(refused.ok ? '' : refused.fault.detail).toContain('forwards sum to 0.1');
  });
});

describe('groups', () => {
  it('keep the gain of their instruments', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const returns = period.benchmarkReturns as number[];
        const groupOf = returns.map((_, i) => i % 2);
        const grouped = groupReturns(period.portfolioWeights, returns, groupOf, ['even', 'odd']);
        fc.pre(grouped.ok);
        const { weights, returns: found } = granted(grouped);
        const gain = sum(returns.map((each, i) => each * (period.portfolioWeights[i] ?? 0)));
        near(sum(found.map((each, g) => (each ?? 0) * (weights[g] ?? 0))), gain, 1e-11);
      }),
      runs,
    );
  });

  it('have no return where nothing is held, and none where long and short cancel', () => {
    expect(granted(groupReturns([0, 1], [0.5, 0.1], [0, 1], ['a', 'b'])).returns).toEqual([
      null,
      0.1,
    ]);
    const refused = groupReturns([1, -1], [0.5, 0.1], [0, 0], ['pairs']);
    expect(refused.ok ? '' : refused.fault.detail).toContain('weights of pairs cancel');
  });
});

const anyPanel = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 }))
  .chain(([k, n]) =>
    fc.tuple(
      fc.array(fraction, { minLength: k * n, maxLength: k * n }),
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: k, maxLength: k }),
      fc.array(fc.boolean(), { minLength: n, maxLength: n }),
    ),
  )
  .map(([returns, raw, due]) => ({
    returns: Float64Array.from(returns),
    weights: raw.map((each) => each / sum(raw)),
    due: Uint8Array.from(due, Number),
  }));

describe('a portfolio that is rebalanced', () => {
  it('earns the weighted return of each row where it is rebalanced on all of them', () => {
    fc.assert(
      fc.property(anyPanel, ({ returns, weights, due }) => {
        const path = rebalancedPath(returns, weights, { due: due.map(() => 1) });
        path.returns.forEach((each, t) => {
          near(each, sum(weights.map((w, i) => w * (returns[t * weights.length + i] ?? 0))));
        });
      }),
      runs,
    );
  });

  it('ends where buying and holding ends if it never is', () => {
    fc.assert(
      fc.property(anyPanel, ({ returns, weights, due }) => {
        const path = rebalancedPath(returns, weights, { due: due.map(() => 0) });
        const ends = weights.map((w, i) => {
          let worth = w;
          for (let t = 0; t < due.length; t++) worth *= 1 + (returns[t * weights.length + i] ?? 0);
          return worth;
        });
        near(path.growth.at(-1) ?? Number.NaN, sum(ends) - 1, 1e-11);
        expect(path.rebalancedAt).toEqual([]);
      }),
      runs,
    );
  });

  it('earns the weights that it starts each row with, and turns over at most all of it', () => {
    fc.assert(
      fc.property(anyPanel, ({ returns, weights, due }) => {
        const path = rebalancedPath(returns, weights, { due });
        const k = weights.length;
        path.returns.forEach((each, t) => {
          const row = path.startWeights.subarray(t * k, (t + 1) * k);
          near(each, sum(row.map((w, i) => w * (returns[t * k + i] ?? 0))), 1e-11);
          near(sum(row), 1, 1e-11);
        });
        for (const each of path.oneWayTurnover) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(1);
        }
      }),
      runs,
    );
  });

  it('is set back where a weight leaves its band', () => {
    const returns = Float64Array.of(0.02, 0, 0.3, 0, 0, 0);
    const path = rebalancedPath(returns, [0.5, 0.5], { due: new Uint8Array(3), band: 0.05 });
    expect(path.rebalancedAt).toEqual([1]);
    expect([...path.startWeights.subarray(4)]).toEqual([0.5, 0.5]);
  });

  it('keeps what its weights leave as cash, and ends in ruin where it owes more than it has', () => {
    const half = rebalancedPath(Float64Array.of(0.1, 0.1), [0.5], { due: new Uint8Array(2) });
    near(half.growth[1] ?? Number.NaN, 0.5 * 1.21 + 0.5 - 1);
    const geared = rebalancedPath(Float64Array.of(-0.6, 0.5), [2], { due: new Uint8Array(2) });
    expect(geared.ruinedAt).toBe(0);
  });

  it('knows the last days of weeks, months, quarters and years', () => {
    const days = ['2023-12-28', '2023-12-29', '2024-01-02', '2024-01-08', '2024-04-01'];
    expect([...lastOfEach('week', days)]).toEqual([0, 1, 1, 1, 0]);
    expect([...lastOfEach('month', days)]).toEqual([0, 1, 0, 1, 0]);
    expect([...lastOfEach('quarter', days)]).toEqual([0, 1, 0, 1, 0]);
    expect([...lastOfEach('year', days)]).toEqual([0, 1, 0, 0, 0]);
    expect([...lastOfEach('never', days)]).toEqual([0, 0, 0, 0, 0]);
  });
});
