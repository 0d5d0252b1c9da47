import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { americanOption } from './american-option.ts';
import { binomialTree, type TreeOption } from './binomial-tree.ts';
import { blackScholes, blackScholesPrice } from './black-scholes.ts';
import { baroneAdesiWhaley } from './early-exercise.ts';
import type { OptionMarket } from './option-contract.ts';

const put: OptionMarket = {
  kind: 'put',
  spot: 95,
  strike: 100,
  years: 1,
  rate: 0.05,
  dividendYield: 0.02,
  volatility: 0.25,
};

function priceOf(market: OptionMarket): number {
  const found = americanOption(market);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value.price;
}

function treePrice(option: TreeOption): number {
  const found = binomialTree(option);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value.price;
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const markets = fc.record({
  kind: fc.constantFrom('call' as const, 'put' as const),
  spot: double(60, 160),
  strike: fc.constant(100),
  years: double(0.05, 4),
  rate: double(0, 0.1),
  dividendYield: double(0, 0.1),
  volatility: double(0.1, 0.8),
});

describe('known values', () => {
  // QuantLib 1.29: QdFpAmericanEngine (high precision), BaroneAdesiWhaley, BinomialLR with 301 steps.
  it.each([
    [
      {
        kind: 'put',
        spot: 141.79365601667922,
        strike: 100,
        years: 3.0,
        rate: 0.1,
        dividendYield: 0.02,
        volatility: 0.2,
      },
      0.8207391291703263,
      0.9370442883678329,
      0.8211171001463671,
    ],
    [
      {
        kind: 'call',
        spot: 108.68764970661348,
        strike: 100,
        years: 0.2493150684931507,
        rate: 0.1,
        dividendYield: 0.05,
        volatility: 0.2,
      },
      10.722614193418611,
      10.722634071325398,
      10.722614369938778,
    ],
    [
      {
        kind: 'put',
        spot: 87.11408935641411,
        strike: 100,
        years: 0.2493150684931507,
        rate: 0.01,
        dividendYield: 0.02,
        volatility: 0.8,
      },
      22.181781582182847,
      22.184248034730732,
      22.181759971412546,
    ],
    [
      {
        kind: 'call',
        spot: 124.27165352500822,
        strike: 100,
        years: 3.0,
        rate: 0.1,
        dividendYield: 0.05,
        volatility: 0.8,
      },
      66.80063497167971,
      68.18346455915676,
      66.78887924869119,
    ],
    [
      {
        kind: 'call',
        spot: 130.10753271280487,
        strike: 100,
        years: 0.4986301369863014,
        rate: 0.05,
        dividendYield: 0.05,
        volatility: 0.8,
      },
      42.50931776901365,
      42.52449881179276,
      42.50887973690761,
    ],
  ] as const)('%o', (market, exact, quadratic, tree) => {
    expect(Math.abs(priceOf(market) - exact)).toBeLessThan(2e-6);
    expect(Math.abs((baroneAdesiWhaley(market)?.price ?? 0) - quadratic)).toBeLessThan(1e-5);
    const leisenReimer = { exercise: 'american', tree: 'leisen-reimer', steps: 301 } as const;
    expect(Math.abs(treePrice({ ...market, ...leisenReimer }) - tree)).toBeLessThan(1e-8);
  });
});

describe('trees', () => {
  // Hull, Options, Futures, and Other Derivatives, example 21.1: five steps, 4.49 (4.488).
  it('prices the put of the textbook in five steps', () => {
    const hull = {
      ...put,
      spot: 50,
      strike: 50,
      years: 5 / 12,
      rate: 0.1,
      dividendYield: 0,
      volatility: 0.4,
    };
    const price = treePrice({
      ...hull,
      exercise: 'american',
      tree: 'cox-ross-rubinstein',
      steps: 5,
    });
    expect(price).toBeCloseTo(4.488, 3);
  });

  it('comes to the European price, and the delta and gamma of the formula', () => {
    const value = binomialTree({ ...put, exercise: 'european', tree: 'leisen-reimer', steps: 501 });
    if (!value.ok) throw new Error(value.fault.detail);
    const exact = blackScholes(put);
    expect(Math.abs(value.value.price - exact.price)).toBeLessThan(1e-5);
    expect(Math.abs(value.value.delta - (exact.delta ?? 0))).toBeLessThan(1e-3);
    expect(Math.abs(value.value.gamma - (exact.gamma ?? 0))).toBeLessThan(1e-4);
    expect(Math.abs(value.value.theta - (exact.theta ?? 0))).toBeLessThan(2e-2);
  });

  it('takes a certain dividend as a lower spot for Europeans', () => {
    const paid = 4 * Math.exp(-0.05 * 0.4);
    const tree = { exercise: 'european', tree: 'leisen-reimer', steps: 801 } as const;
    const found = treePrice({ ...put, ...tree, dividends: [{ years: 0.4, amount: 4 }] });
    expect(Math.abs(found - blackScholesPrice({ ...put, spot: 95 - paid }))).toBeLessThan(1e-5);
  });

  it('exercises a call before a dividend where that is best', () => {
    const call = { ...put, kind: 'call', spot: 120, dividendYield: 0, rate: 0.02 } as const;
    const tree = {
      tree: 'cox-ross-rubinstein',
      steps: 200,
      dividends: [{ years: 0.5, amount: 12 }],
    } as const;
    const american = treePrice({ ...call, ...tree, exercise: 'american' });
    expect(american).toBeGreaterThan(treePrice({ ...call, ...tree, exercise: 'european' }) + 1);
  });

  it('refuses what a tree cannot do', () => {
    const tree = { exercise: 'american', tree: 'cox-ross-rubinstein', steps: 3 } as const;
    const calm = binomialTree({ ...put, ...tree, volatility: 0.001, rate: 0.2 });
    expect(calm.ok ? '' : calm.fault.code).toBe('option.steps');
    const drained = binomialTree({ ...put, ...tree, dividends: [{ years: 0.1, amount: 200 }] });
    expect(drained.ok ? '' : drained.fault.code).toBe('option.dividends');
    const none = binomialTree({ ...put, ...tree, years: 0 });
    expect(none.ok ? '' : none.fault.code).toBe('option.tree');
  });
});

describe('laws', () => {
  it('is worth at least the European price and what exercise gives', () => {
    fc.assert(
      fc.property(markets, (m) => {
        const sign = m.kind === 'call' ? 1 : -1;
        const price = priceOf(m);
        expect(price).toBeGreaterThanOrEqual(blackScholesPrice(m) - 1e-8);
        expect(price).toBeGreaterThanOrEqual(sign * (m.spot - m.strike) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with a fine tree', () => {
    fc.assert(
      fc.property(markets, (m) => {
        const tree = treePrice({ ...m, exercise: 'american', tree: 'leisen-reimer', steps: 401 });
        expect(Math.abs(priceOf(m) - tree)).toBeLessThan(2e-2);
      }),
      { numRuns: 25 },
    );
  });

  it('mirrors a call into a put', () => {
    fc.assert(
      fc.property(markets, (m) => {
        const mirrored: OptionMarket = {
          ...m,
          kind: m.kind === 'call' ? 'put' : 'call',
          spot: m.strike,
          strike: m.spot,
          rate: m.dividendYield,
          dividendYield: m.rate,
        };
        expect(Math.abs(priceOf(m) - priceOf(mirrored))).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('ends', () => {
  it('is European where waiting costs nothing', () => {
    const call = { ...put, kind: 'call', dividendYield: 0 } as const;
    expect(priceOf(call)).toBe(blackScholesPrice(call));
    expect(priceOf({ ...put, rate: -0.01, dividendYield: 0 })).toBe(
      blackScholesPrice({ ...put, rate: -0.01, dividendYield: 0 }),
    );
  });

  it('is the best certain payment without volatility, and the payment without time', () => {
    expect(priceOf({ ...put, volatility: 0 })).toBe(5);
    expect(priceOf({ ...put, years: 0 })).toBe(5);
  });

  it('refuses two boundaries', () => {
    const found = americanOption({ ...put, rate: -0.01, dividendYield: -0.05 });
    expect(found.ok ? '' : found.fault.code).toBe('option.two-boundaries');
  });
});
