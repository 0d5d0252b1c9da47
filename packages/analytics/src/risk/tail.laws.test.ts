import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropicValueAtRisk } from './entropic.ts';
import { historicalTail, type TailMeanRule } from './historical.ts';
import type { RiskMethod, RiskMethodId } from './risk-method.ts';
import { riskMethods } from './risk-methods.ts';
import { spectralRisk } from './spectral.ts';
import type { TailRisk } from './tail-risk.ts';
import { weightedTail } from './weighted-tail.ts';

const share = fc.integer({ min: -2000, max: 2000 }).map((each) => each / 10_000);
const sample = fc
  .array(share, { minLength: 5, maxLength: 120 })
  .map(Float64Array.from.bind(Float64Array) as (values: number[]) => Float64Array);
const pair = fc
  .integer({ min: 5, max: 80 })
  .chain((n) =>
    fc.tuple(
      fc.array(share, { minLength: n, maxLength: n }),
      fc.array(share, { minLength: n, maxLength: n }),
    ),
  );
const level = fc.constantFrom(0.9, 0.95, 0.975, 0.99);
const runs = { numRuns: 60 };

const tail = (returns: ArrayLike<number>, at: number): TailRisk => {
  const found = historicalTail(Float64Array.from(returns), at);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
};

describe('CVaR is coherent', () => {
  it('is never less than VaR, and EVaR never less than CVaR', () => {
    fc.assert(
      fc.property(sample, level, (returns, at) => {
        const { valueAtRisk, cvar } = tail(returns, at);
        const entropic = entropicValueAtRisk(returns, at);
        expect(cvar).toBeGreaterThanOrEqual(valueAtRisk - 1e-15);
        expect(entropic.ok && entropic.value).toBeGreaterThanOrEqual(cvar - 1e-9);
        expect(entropic.ok && entropic.value).toBeLessThanOrEqual(-Math.min(...returns) + 1e-12);
      }),
      runs,
    );
  });

  it('is subadditive', () => {
    fc.assert(
      fc.property(pair, level, ([a, b], at) => {
        const both = a.map((each, i) => each + (b[i] ?? 0));
        expect(tail(both, at).cvar).toBeLessThanOrEqual(
          tail(a, at).cvar + tail(b, at).cvar + 1e-14,
        );
      }),
      runs,
    );
  });

  it('is monotone: never more where every return is better', () => {
    fc.assert(
      fc.property(pair, level, ([a, b], at) => {
        const better = a.map((each, i) => each + Math.abs(b[i] ?? 0));
        expect(tail(better, at).cvar).toBeLessThanOrEqual(tail(a, at).cvar + 1e-15);
        expect(tail(better, at).valueAtRisk).toBeLessThanOrEqual(tail(a, at).valueAtRisk + 1e-15);
      }),
      runs,
    );
  });
});

/** Methods whose estimate does not hang on the order of returns. */
const unordered: readonly RiskMethodId[] = [
  'historical',
  'normal',
  'student-t',
  'student-t-moments',
  'cornish-fisher',
  'extreme-values',
];

const thick = fc
  .array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 200, maxLength: 260 })
  .map((shares) => Float64Array.from(shares, (p) => 0.01 * Math.tan((p - 0.5) * 2.2)));

/** Methods whose estimate moves with all returns: not those around a mean of 0. */
const shifting = riskMethods.filter(({ id }) => !id.includes('ewma') && !id.includes('garch'));

const estimate = (method: RiskMethod, returns: Float64Array): TailRisk[] =>
  method.estimate(returns, [0.95, 0.99], {}).flatMap((each) => (each.ok ? [each.value] : []));
const named = (methods: readonly RiskMethod[]) =>
  methods.map((method) => [method.id, method] as const);
const settings = (id: RiskMethodId) => ({ numRuns: id.includes('garch') ? 6 : 20 });

describe('every method', () => {
  it.each(named(riskMethods))('%s scales with the returns', (id, method) => {
    fc.assert(
      fc.property(thick, fc.constantFrom(0.25, 0.5, 2), (returns, by) => {
        const plain = estimate(method, returns);
        const scaled = estimate(
          method,
          returns.map((each) => each * by),
        );
        expect(scaled.length).toBe(plain.length);
        plain.forEach((each, i) => {
          const size = 1e-6 * Math.max(1e-3, Math.abs(each.cvar));
          expect(Math.abs((scaled[i]?.valueAtRisk ?? 0) - by * each.valueAtRisk)).toBeLessThan(
            size,
          );
          expect(Math.abs((scaled[i]?.cvar ?? 0) - by * each.cvar)).toBeLessThan(size * 10);
        });
      }),
      settings(id),
    );
  });

  it.each(named(shifting))('%s falls by as much as all returns rise', (id, method) => {
    fc.assert(
      fc.property(thick, (returns) => {
        const shifted = estimate(
          method,
          returns.map((each) => each + 0.003),
        );
        estimate(method, returns).forEach((each, i) => {
          expect(shifted[i]?.valueAtRisk).toBeCloseTo(each.valueAtRisk - 0.003, 7);
          expect(shifted[i]?.cvar).toBeCloseTo(each.cvar - 0.003, 6);
        });
      }),
      settings(id),
    );
  });

  it.each(named(riskMethods.filter(({ id }) => unordered.includes(id))))(
    '%s does not hang on the order',
    (id, method) => {
      fc.assert(
        fc.property(thick, (returns) => {
          const turned = estimate(method, returns.toReversed());
          estimate(method, returns).forEach((each, i) => {
            expect(turned[i]?.valueAtRisk).toBeCloseTo(each.valueAtRisk, 8);
            expect(turned[i]?.cvar).toBeCloseTo(each.cvar, 7);
          });
        }),
        settings(id),
      );
    },
  );

  // Cornish–Fisher promises neither outside its domain.
  it.each(named(riskMethods.filter(({ id }) => id !== 'cornish-fisher')))(
    '%s loses no less beyond VaR than VaR, and more at 99 % than at 95 %',
    (id, method) => {
      fc.assert(
        fc.property(thick, (returns) => {
          const tails = estimate(method, returns);
          for (const { valueAtRisk, cvar } of tails) {
            expect(cvar).toBeGreaterThanOrEqual(valueAtRisk - 1e-12);
          }
          const [low, high] = tails;
          if (low && high) expect(high.valueAtRisk).toBeGreaterThanOrEqual(low.valueAtRisk - 1e-12);
        }),
        settings(id),
      );
    },
  );
});

describe('spectral risk', () => {
  const spectral = (returns: ArrayLike<number>, aversion: number): number => {
    const found = spectralRisk(Float64Array.from(returns), aversion);
    if (!found.ok) throw new Error(found.fault.detail);
    return found.value;
  };
  const aversions = fc.constantFrom(0.5, 5, 20, 200);

  it('is coherent', () => {
    fc.assert(
      fc.property(pair, aversions, ([a, b], k) => {
        const both = a.map((each, i) => each + (b[i] ?? 0));
        const better = a.map((each, i) => each + Math.abs(b[i] ?? 0));
        expect(spectral(both, k)).toBeLessThanOrEqual(spectral(a, k) + spectral(b, k) + 1e-13);
        expect(spectral(better, k)).toBeLessThanOrEqual(spectral(a, k) + 1e-13);
        const moved = a.map((each) => 2 * each + 0.01);
        expect(spectral(moved, k)).toBeCloseTo(2 * spectral(a, k) - 0.01, 12);
      }),
      runs,
    );
  });

  it('goes from the mean loss to the worst one', () => {
    const returns = [-0.1, 0.02, 0.05, -0.01];
    expect(spectral(returns, 1e-6)).toBeCloseTo(0.01, 6);
    expect(spectral(returns, 1e3)).toBeCloseTo(0.1, 12);
    expect(spectralRisk(Float64Array.of(1), 0).ok).toBe(false);
  });
});

describe('weighted tails', () => {
  it('count a return with twice the probability as if it were there twice', () => {
    fc.assert(
      fc.property(sample, level, (returns, at) => {
        const twice = Float64Array.from([...returns, ...returns.slice(0, 3)]);
        const probabilities = Float64Array.from(returns, (_, i) => (i < 3 ? 2 : 1));
        const a = weightedTail(returns, probabilities, at);
        const b = weightedTail(twice, new Float64Array(twice.length).fill(1), at);
        if (!a.ok || !b.ok) throw new Error('refused');
        expect(a.value.valueAtRisk).toBeCloseTo(b.value.valueAtRisk, 14);
        expect(a.value.cvar).toBeCloseTo(b.value.cvar, 13);
      }),
      runs,
    );
  });

  it('average what each rule names', () => {
    const rules: readonly TailMeanRule[] = ['at-or-beyond', 'beyond', 'floor-count', 'exact-share'];
    fc.assert(
      fc.property(sample, level, (returns, at) => {
        const found = rules.map((tailMean) => {
          const each = historicalTail(returns, at, { tailMean });
          return each.ok ? each.value.cvar : Number.NaN;
        });
        const worst = -Math.min(...returns);
        for (const each of found) expect(each).toBeLessThanOrEqual(worst + 1e-15);
      }),
      runs,
    );
  });
});
