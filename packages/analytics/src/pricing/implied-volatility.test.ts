import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bachelier } from './bachelier.ts';
import { blackScholesPrice } from './black-scholes.ts';
import { impliedNormalVolatility, impliedVolatility } from './implied-volatility.ts';
import { normalisedBlackRest } from './normalised-black.ts';

const flat = { rate: 0, dividendYield: 0 };

describe('refusals', () => {
  it.each([
    ['below intrinsic value', { kind: 'call', strike: 90, rate: 0.05, price: 14 }, /least/],
    ['above the spot', { kind: 'call', strike: 100, rate: 0, price: 100.5 }, /most/],
    ['above the strike', { kind: 'put', strike: 100, rate: 0, price: 100 }, /most/],
    ['at expiry', { kind: 'put', strike: 100, rate: 0, price: 3, years: 0 }, /expiry/],
    ['not a number', { kind: 'put', strike: 100, rate: 0, price: Number.NaN }, /least/],
  ] as const)('gives none for a price %s', (_, terms, why) => {
    const found = impliedVolatility({ spot: 100, years: 1, dividendYield: 0, ...terms });
    expect(found.value).toBeNull();
    expect(found.why).toMatch(why);
  });

  it('is 0 where the price is exactly what is certain', () => {
    const worth = { kind: 'call' as const, spot: 100, strike: 90, years: 1, ...flat, price: 10 };
    expect(impliedVolatility(worth)).toEqual({ value: 0 });
  });
});

describe('round trips', () => {
  it('gives the volatility back, in wings of a hundredth to 100 deviations', () => {
    const moneyness = fc.oneof(
      fc.double({ min: -8, max: 8, noNaN: true }),
      fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
      fc.constant(0),
    );
    const logDeviation = fc.double({ min: Math.log(1e-5), max: Math.log(8), noNaN: true });
    fc.assert(
      fc.property(moneyness, logDeviation, (x, log) => {
        const deviation = Math.exp(log);
        const kind = x > 0 ? ('call' as const) : ('put' as const);
        const terms = { kind, spot: 100, strike: 100 * Math.exp(x), years: 1, ...flat };
        const price = blackScholesPrice({ ...terms, volatility: deviation });
        // Where the price is its own limit but for rounding, it no longer holds the volatility.
        const size = Math.exp(-Math.abs(x) / 2);
        fc.pre(price > 1e-290 && normalisedBlackRest(-Math.abs(x), deviation) > 1e-3 * size);
        const found = impliedVolatility({ ...terms, price });
        expect(Math.abs((found.value ?? 0) / deviation - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the normal volatility back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (forward, strike, volatility) => {
          const kind = strike > forward ? ('call' as const) : ('put' as const);
          const terms = { kind, forward, strike, years: 2, rate: 0.03 };
          const { price } = bachelier({ ...terms, volatility });
          fc.pre(price > 1e-290);
          const found = impliedNormalVolatility({ ...terms, price });
          expect(Math.abs((found.value ?? 0) / volatility - 1)).toBeLessThan(1e-11);
        },
      ),
    );
  });
});
