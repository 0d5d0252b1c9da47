import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bachelier } from './bachelier.ts';
import { black76 } from './black-76.ts';
import { blackScholes, blackScholesPrice, type Greeks } from './black-scholes.ts';
import type { OptionMarket } from './option-contract.ts';

const market: OptionMarket = {
  kind: 'call',
  spot: 100,
  strike: 100,
  years: 1,
  rate: 0.05,
  dividendYield: 0,
  volatility: 0.2,
};

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const markets = fc.record({
  kind: fc.constantFrom('call' as const, 'put' as const),
  spot: double(20, 300),
  strike: double(20, 300),
  years: double(0.02, 8),
  rate: double(-0.03, 0.15),
  dividendYield: double(-0.02, 0.1),
  volatility: double(0.03, 1.5),
});

describe('known values', () => {
  // Hull, Options, Futures, and Other Derivatives, example 15.6; more digits by mpmath.
  it.each([
    ['call', 4.759422392871533],
    ['put', 0.8085993729000935],
  ] as const)('prices the %s of the textbook', (kind, price) => {
    const hull = { ...market, kind, spot: 42, strike: 40, years: 0.5, rate: 0.1 };
    expect(blackScholesPrice(hull)).toBeCloseTo(price, 13);
  });

  it.each([1e-300, 1e-205, 1e-100, 5e-324])(
    'is worth its exercise with %d years to go',
    (years) => {
      for (const [spot, delta] of [
        [42, 1],
        [38, 0],
      ] as const) {
        const soon = { ...market, spot, strike: 40, years };
        expect(blackScholes(soon)).toMatchObject({ price: Math.max(0, spot - 40), delta });
        for (const each of Object.values(blackScholes(soon))) expect(each).not.toBeNaN();
        expect(black76({ ...soon, forward: spot }).price).toBe(Math.max(0, spot - 40));
        const normal = bachelier({ ...soon, forward: spot, volatility: 20 });
        expect(normal).toMatchObject({ price: Math.max(0, spot - 40), delta });
      }
    },
  );

  it('keeps the digits of a price of 1e-25', () => {
    const far = { ...market, strike: 200, years: 0.2, rate: 0.02, volatility: 0.15 };
    expect(blackScholesPrice(far) / 4.208523640036533e-25).toBeCloseTo(1, 12);
  });

  // QuantLib 1.29, blackFormula and bachelierBlackFormula.
  it('prices options on forwards, negative ones in the normal model', () => {
    const black = { forward: 80, strike: 85, years: 0.75, rate: 0.03, volatility: 0.3 };
    expect(black76({ ...black, kind: 'call' }).price).toBeCloseTo(6.117500278288066, 12);
    expect(black76({ ...black, kind: 'put' }).price).toBeCloseTo(11.006256464254756, 12);
    const normal = { forward: -0.5, strike: 0.25, years: 2, rate: 0.01, volatility: 1.1 };
    expect(bachelier({ ...normal, kind: 'call' }).price).toBeCloseTo(0.3101052426265666, 14);
  });
});

describe('without time or volatility', () => {
  it.each([
    ['time', { years: 0 }, 110, 10],
    ['volatility', { volatility: 0 }, 110, 110 - 100 * Math.exp(-0.05)],
    ['time, out of the money', { years: 0 }, 90, 0],
  ] as const)('is worth the value at the forward: no %s', (_, change, spot, price) => {
    expect(blackScholes({ ...market, ...change, spot }).price).toBeCloseTo(price, 12);
  });

  it('has no slope exactly at the money', () => {
    const value = blackScholes({ ...market, years: 0 });
    expect(value.price).toBe(0);
    expect([value.delta, value.gamma, value.vega]).toEqual([null, null, null]);
  });

  it('has the slopes of the payment elsewhere', () => {
    const value = blackScholes({ ...market, kind: 'put', years: 0, spot: 90 });
    expect([value.delta, value.gamma, value.inTheMoney]).toEqual([-1, 0, 1]);
  });
});

/** Slope by five points, of a function of one input of the market. */
function slope(f: (m: OptionMarket) => number, m: OptionMarket, name: keyof OptionMarket): number {
  const at = m[name] as number;
  const h = 1e-3 * Math.max(0.05, Math.abs(at));
  const g = (x: number): number => f({ ...m, [name]: x });
  return (8 * (g(at + h) - g(at - h)) - (g(at + 2 * h) - g(at - 2 * h))) / (12 * h);
}

describe('laws', () => {
  it('keeps put–call parity', () => {
    fc.assert(
      fc.property(markets, (m) => {
        const gap =
          blackScholesPrice({ ...m, kind: 'call' }) - blackScholesPrice({ ...m, kind: 'put' });
        const forward =
          m.spot * Math.exp(-m.dividendYield * m.years) - m.strike * Math.exp(-m.rate * m.years);
        expect(Math.abs(gap - forward)).toBeLessThan(1e-11 * (m.spot + m.strike));
      }),
    );
  });

  it('stays inside what arbitrage allows and rises with volatility', () => {
    fc.assert(
      fc.property(markets, (m) => {
        const price = blackScholesPrice(m);
        const discounted = blackScholesPrice({ ...m, volatility: 0 });
        const most =
          m.kind === 'call'
            ? m.spot * Math.exp(-m.dividendYield * m.years)
            : m.strike * Math.exp(-m.rate * m.years);
        expect(price).toBeGreaterThanOrEqual(discounted);
        expect(price).toBeLessThanOrEqual(most * (1 + 1e-12));
        const more = blackScholesPrice({ ...m, volatility: m.volatility * 1.1 });
        expect(more).toBeGreaterThanOrEqual(price * (1 - 1e-13));
      }),
    );
  });

  it('scales with spot and strike together', () => {
    fc.assert(
      fc.property(markets, double(0.01, 100), (m, scale) => {
        const scaled = blackScholesPrice({ ...m, spot: m.spot * scale, strike: m.strike * scale });
        expect(Math.abs(scaled - scale * blackScholesPrice(m))).toBeLessThan(
          1e-11 * scale * m.spot,
        );
      }),
    );
  });

  const derivatives: readonly [keyof Greeks, keyof OptionMarket, keyof Greeks | 'price', number][] =
    [
      ['delta', 'spot', 'price', 1],
      ['gamma', 'spot', 'delta', 1],
      ['speed', 'spot', 'gamma', 1],
      ['vega', 'volatility', 'price', 1],
      ['vanna', 'volatility', 'delta', 1],
      ['volga', 'volatility', 'vega', 1],
      ['zomma', 'volatility', 'gamma', 1],
      ['theta', 'years', 'price', -1],
      ['charm', 'years', 'delta', -1],
      ['color', 'years', 'gamma', -1],
      ['rho', 'rate', 'price', 1],
      ['dividendRho', 'dividendYield', 'price', 1],
      ['dualDelta', 'strike', 'price', 1],
    ];

  it.each(derivatives)('has as %s the slope along %s of %s', (greek, along, of, sign) => {
    const calm = markets.filter(
      ({ spot, strike, years, volatility }) =>
        Math.abs(Math.log(spot / strike)) < 3 * volatility * Math.sqrt(years) &&
        volatility * Math.sqrt(years) > 0.05,
    );
    fc.assert(
      fc.property(calm, (m) => {
        const exact = blackScholes(m)[greek] as number;
        const numeric = sign * slope((x) => blackScholes(x)[of] as number, m, along);
        const scale =
          Math.abs(exact) + Math.abs((blackScholes(m)[of] as number) / (m[along] as number)) + 1e-6;
        expect(Math.abs(exact - numeric) / scale).toBeLessThan(2e-4);
      }),
      { numRuns: 60 },
    );
  });
});
