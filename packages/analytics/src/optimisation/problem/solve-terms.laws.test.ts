import { seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOf } from './best-of.ts';
import { type Constraint, regionOf } from './constraint.ts';
import type { Region } from './region.ts';
import { solveTerms } from './solve-terms.ts';
import { type Term, termsAt } from './term.ts';

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `A${i}`);

/** A made-up market: expected returns and a covariance of a few factors, singular if asked. */
function market(n: number, seed: number, own = 0.02): { mu: Float64Array; covariance: Matrix } {
  const { next } = seededRandom(seed);
  const factors = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: n }, () => 0.2 * (next() - 0.3)),
  );
  const covariance = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (const factor of factors) covariance.data[i * n + j] += factor[i] * factor[j];
    }
    covariance.data[i * (n + 1)] += own * next();
  }
  return { mu: Float64Array.from({ length: n }, () => 0.02 + 0.1 * next()), covariance };
}

function region(n: number, constraints: readonly Constraint[], current?: Float64Array): Region {
  const held = current ? new Map(names(n).map((name, i) => [name, current[i]])) : null;
  const made = regionOf(names(n), constraints, held);
  if (!made.ok) throw new Error(made.fault.detail);
  return made.value;
}

const invested: Constraint = { kind: 'budget', total: 1 };
const longOnly: Constraint = { kind: 'bounds', lower: 0, upper: 1 };

/** Weights ≥ 0 with sum 1, at random. */
function anyWeights(n: number, seed: number): Float64Array {
  const { next } = seededRandom(seed);
  const drawn = Float64Array.from({ length: n }, () => -Math.log(1 - next()));
  const sum = drawn.reduce((total, value) => total + value, 0);
  return drawn.map((value) => value / sum);
}

const seed = fc.integer({ min: 1, max: 1e6 });
const size = fc.integer({ min: 2, max: 9 });

/** All the terms at once, with scales that may be nothing. */
const terms = fc
  .record({
    n: size,
    of: seed,
    scales: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ n, of, scales }) => {
    const { mu, covariance } = market(n, of);
    const rates = new Float64Array(n).fill(0.01);
    const benchmark = anyWeights(n, of + 1);
    const all: Term[] = [
      { kind: 'return', vector: mu, scale: scales[0] ?? 0 },
      { kind: 'variance', matrix: covariance, scale: scales[1] ?? 0 },
      { kind: 'tracking', matrix: covariance, benchmark, scale: scales[2] ?? 0 },
      { kind: 'squares', scale: 0.01 * (scales[3] ?? 0) },
      { kind: 'linear-cost', rates, scale: scales[4] ?? 0 },
      { kind: 'impact', rates, scale: scales[5] ?? 0 },
      { kind: 'ellipsoid', matrix: covariance, scale: scales[6] ?? 0 },
    ];
    return { n, of, all, covariance, current: anyWeights(n, of + 2) };
  });

describe('a sum of terms', () => {
  it('is least at the weights that are answered, of all that are allowed', () => {
    fc.assert(
      fc.property(terms, ({ n, of, all, covariance, current }) => {
        const within = region(n, [invested, longOnly], current);
        const found = solveTerms(all, { region: within, covariance });
        if (!found.ok) throw new Error(found.fault.detail);
        expect(found.value.status).toBe('optimal');
        const { weights, value } = found.value;
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        for (let k = 0; k < 30; k++) {
          const other = anyWeights(n, of * 31 + k);
          // From the optimum every direction goes up; far away and near by.
          for (const share of [1, 0.1, 1e-3]) {
            const mixed = weights.map((w, i) => w + share * (other[i] - w));
            expect(termsAt(all, mixed, current)).toBeGreaterThanOrEqual(value - 1e-12);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('has the same weights when all of it is scaled, and when names change places', () => {
    fc.assert(
      fc.property(size, seed, fc.double({ min: 0.01, max: 100, noNaN: true }), (n, of, by) => {
        const { mu, covariance } = market(n, of);
        const one = (scale: number): Term[] => [
          { kind: 'return', vector: mu, scale },
          { kind: 'variance', matrix: covariance, scale: 2 * scale },
        ];
        const within = region(n, [invested, longOnly]);
        const first = solveTerms(one(1), { region: within, covariance });
        const scaled = solveTerms(one(by), { region: within, covariance });
        const reversed = (x: Float64Array): Float64Array => Float64Array.from(x).reverse();
        const turned = matrix(n, n, reversed(covariance.data));
        const other = solveTerms(
          [
            { kind: 'return', vector: reversed(mu), scale: 1 },
            { kind: 'variance', matrix: turned, scale: 2 },
          ],
          { region: within, covariance: turned },
        );
        if (!first.ok || !scaled.ok || !other.ok) throw new Error('no weights');
        first.value.weights.forEach((w, i) => {
          expect(scaled.value.weights[i]).toBeCloseTo(w, 9);
          expect(other.value.weights[n - 1 - i]).toBeCloseTo(w, 9);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('limits', () => {
  it('of turnover, gross and short weight, volatility and tracking error all hold at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 9 }), seed, (n, of) => {
        const { mu, covariance } = market(n, of);
        const current = anyWeights(n, of + 1);
        const near = new Map(names(n).map((name, i) => [name, current[i]]));
        const now = Math.sqrt(quadraticForm(covariance, current));
        const within = region(
          n,
          [
            invested,
            { kind: 'bounds', lower: -0.5, upper: 1 },
            { kind: 'turnover', limit: 0.3 },
            { kind: 'gross', limit: 1.3 },
            { kind: 'short', limit: 0.1 },
            { kind: 'volatility', limit: now },
            { kind: 'tracking-error', benchmark: near, limit: 0.5 * now },
          ],
          current,
        );
        const found = solveTerms([{ kind: 'return', vector: mu, scale: 1 }], {
          region: within,
          covariance,
        });
        if (!found.ok) throw new Error(found.fault.detail);
        const { weights, status } = found.value;
        expect(status).toBe('optimal');
        const sum = (of2: (w: number, i: number) => number): number =>
          weights.reduce((total, w, i) => total + of2(w, i), 0);
        const within1 = (value: number, limit: number): void =>
          expect(value).toBeLessThanOrEqual(limit + 1e-11);
        within1(sum((w, i) => Math.abs(w - current[i])) / 2, 0.3);
        within1(sum(Math.abs), 1.3);
        within1(
          sum((w) => Math.max(0, -w)),
          0.1,
        );
        within1(Math.sqrt(quadraticForm(covariance, weights)), now);
        const away = weights.map((w, i) => w - current[i]);
        within1(Math.sqrt(quadraticForm(covariance, away)), 0.5 * now);
        // Where one stands is allowed, so what is chosen is at least as good.
        expect(sum((w, i) => w * mu[i])).toBeGreaterThanOrEqual(
          current.reduce((total, w, i) => total + w * mu[i], 0) - 1e-12,
        );
      }),
      { numRuns: 80 },
    );
  });

  it('have prices that are what a little more of them changes', () => {
    const n = 8;
    const { mu, covariance } = market(n, 11);
    const current = anyWeights(n, 5);
    const value = (turnover: number, cap: number): number => {
      const within = region(
        n,
        [invested, { kind: 'bounds', lower: 0, upper: cap }, { kind: 'turnover', limit: turnover }],
        current,
      );
      const found = solveTerms(
        [
          { kind: 'return', vector: mu, scale: 1 },
          { kind: 'variance', matrix: covariance, scale: 1 },
        ],
        { region: within, covariance },
      );
      if (!found.ok) throw new Error(found.fault.detail);
      prices = new Map(found.value.active.map(({ name, price }) => [name, price ?? Number.NaN]));
      return found.value.value;
    };
    let prices = new Map<string, number>();
    const step = 1e-6;
    const byTurnover = (value(0.2 + step, 1) - value(0.2 - step, 1)) / (2 * step);
    value(0.2, 1);
    expect(prices.get('turnover at most 20 %')).toBeCloseTo(byTurnover, 6);
    const byCap = (value(1, 0.3 + step) - value(1, 0.3 - step)) / (2 * step);
    value(1, 0.3);
    const atCap = [...prices].filter(([name]) => name.endsWith('at most 30 %'));
    expect(atCap.length).toBeGreaterThan(0);
    expect(atCap.reduce((sum, [, price]) => sum + price, 0)).toBeCloseTo(byCap, 6);
  });

  it('that conflict are named', () => {
    const within = region(4, [
      invested,
      longOnly,
      { kind: 'group', name: 'sector Energy', members: ['A0', 'A1'], lower: 0.3 },
      { kind: 'group', name: 'sector Energy', members: ['A0', 'A1'], upper: 0.1 },
    ]);
    const { covariance } = market(4, 3);
    const found = solveTerms([{ kind: 'variance', matrix: covariance, scale: 1 }], {
      region: within,
      covariance,
    });
    expect(found).toEqual({
      ok: false,
      fault: {
        code: 'optimisation.infeasible',
        detail:
          'No weights meet all limits: sector Energy at least 30 % conflicts with sector Energy at most 10 %.',
      },
    });
  });

  it('that are too tight for any risk say how much is possible', () => {
    const { mu, covariance } = market(5, 3);
    const within = region(5, [invested, longOnly, { kind: 'volatility', limit: 0.001 }]);
    const found = solveTerms([{ kind: 'return', vector: mu, scale: 1 }], {
      region: within,
      covariance,
    });
    expect(found.ok ? '' : found.fault.detail).toMatch(
      /volatility at most 0\.1 % \(the least that the other limits allow is [\d.]+ %\)/,
    );
  });

  it.each([
    [[{ kind: 'bounds', of: ['B'], lower: 0 }], /names B, which is not among A0, A1/],
    [[{ kind: 'turnover', limit: -1 }], /turnover is -1; it must be 0 or more/],
    [[{ kind: 'turnover', limit: 0.1 }], /needs the weights now/],
    [
      [{ kind: 'score', name: 'carbon', scores: new Map([['A0', Number.NaN]]), upper: 1 }],
      /carbon: NaN for A0/,
    ],
  ] as const)('that make no sense are refused: %j', (constraints, words) => {
    const made = regionOf(['A0', 'A1'], constraints as readonly Constraint[]);
    expect(made.ok ? '' : made.fault.detail).toMatch(words);
  });
});

describe('a number of names and a least weight', () => {
  /** The best of all subsets of names, one by one. */
  function byEnumeration(
    n: number,
    covariance: Matrix,
    { most, least }: { readonly most: number; readonly least: number },
  ): number {
    let best = Number.POSITIVE_INFINITY;
    for (let subset = 1; subset < 2 ** n; subset++) {
      const held = names(n).filter((_, i) => (subset >> i) & 1);
      if (held.length > most) continue;
      const found = solveTerms([{ kind: 'variance', matrix: covariance, scale: 1 }], {
        region: region(n, [
          invested,
          longOnly,
          { kind: 'bounds', of: held, lower: least },
          { kind: 'bounds', of: names(n).filter((name) => !held.includes(name)), upper: 0 },
        ]),
        covariance,
      });
      if (found.ok) best = Math.min(best, found.value.value);
    }
    return best;
  }

  it('are met as well as by trying all subsets', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 7 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(0, 0.1, 0.3),
        seed,
        (n, most, least, of) => {
          const { covariance } = market(n, of);
          const within = region(n, [
            invested,
            longOnly,
            { kind: 'max-names', limit: most },
            { kind: 'min-weight', limit: least },
          ]);
          const found = bestOf(within, (open) =>
            solveTerms([{ kind: 'variance', matrix: covariance, scale: 1 }], {
              region: open,
              covariance,
            }),
          );
          const best = byEnumeration(n, covariance, { most, least });
          if (!found.ok) {
            expect(best).toBe(Number.POSITIVE_INFINITY);
            return;
          }
          expect(found.value.value).toBeCloseTo(best, 12);
          const held = found.value.weights.filter((w) => w !== 0);
          expect(held.length).toBeLessThanOrEqual(most);
          expect(Math.min(...held)).toBeGreaterThanOrEqual(least - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});
