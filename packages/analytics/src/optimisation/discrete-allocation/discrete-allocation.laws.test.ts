import { highs } from '@plimsoll/adapters/highs';
import { seededRandom } from '@plimsoll/kernel';
import type { SolveLinear } from '@plimsoll/quant/solver';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleWeights } from '../testing/sample-returns.ts';
import { greedyShares } from './greedy-shares.ts';
import { type TradeList, tradeList } from './trade-list.ts';
import type { TradeListRequest } from './trade-request.ts';

let solve: SolveLinear;
beforeAll(async () => {
  solve = await highs.open();
});

function request(seed: number, n: number): TradeListRequest {
  const random = seededRandom(seed);
  return {
    names: Array.from({ length: n }, (_, i) => `N${i + 1}`),
    prices: Float64Array.from({ length: n }, () => Math.round(500 + 20_000 * random.next()) / 100),
    targets: sampleWeights(seed + 1, n),
    quantities: new Float64Array(n),
    cash: 1000 + random.integer(20_000),
  };
}

function had(of: TradeListRequest): TradeList {
  const found = tradeList(of, solve);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const draws = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  n: fc.integer({ min: 1, max: 4 }),
});

/** What the greedy rule comes to by the measure of the exact one. */
function measured({ prices, targets, cash }: TradeListRequest, shares: Float64Array): number {
  const off = shares.reduce(
    (sum, each, i) => sum + Math.abs(targets[i] * cash - each * prices[i]),
    0,
  );
  return off + cash - shares.reduce((sum, each, i) => sum + each * prices[i], 0);
}

describe('trades in whole shares', () => {
  it('never spend more than there is, and come at least as near as the greedy rule', () => {
    fc.assert(
      fc.property(draws, ({ seed, n }) => {
        const all = request(seed, n);
        const list = had(all);
        const greedy = greedyShares(all.prices, all.targets, all.cash);
        expect(list.cash).toBeGreaterThanOrEqual(-1e-9);
        expect(list.quantities.every((each) => each >= 0 && Number.isInteger(each))).toBe(true);
        expect(list.objective).toBeCloseTo(measured(all, list.quantities), 8);
        expect(list.objective).toBeLessThanOrEqual(measured(all, greedy) + 1e-8);
        const spent = greedy.reduce((sum, each, i) => sum + each * all.prices[i], 0);
        expect(spent).toBeLessThanOrEqual(all.cash + 1e-9);
      }),
      { numRuns: 14 },
    );
  });

  it('are the best of all: every count tried', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const all = { ...request(seed, 2), cash: 900 };
        const [p = 1, q = 1] = all.prices;
        let best = Number.POSITIVE_INFINITY;
        for (let a = 0; a * p <= 900; a++) {
          for (let b = 0; a * p + b * q <= 900; b++) {
            best = Math.min(best, measured(all, Float64Array.of(a, b)));
          }
        }
        expect(had(all).objective).toBeCloseTo(best, 8);
      }),
      { numRuns: 15 },
    );
  });

  it('pay fees from cash, and keep what must be kept', () => {
    fc.assert(
      fc.property(draws, fc.double({ min: 0, max: 0.02, noNaN: true }), ({ seed, n }, rate) => {
        const random = seededRandom(seed);
        const base = request(seed, n);
        const quantities = base.quantities.map(() => random.integer(40));
        const all = { ...base, quantities, fees: { rate, fixed: 2 }, minCash: 50, minTrade: 30 };
        const { trades, cash, fees, quantities: after, value } = had(all);
        expect(cash).toBeGreaterThanOrEqual(50 - 1e-6);
        let left = all.cash;
        const units = quantities.slice();
        for (const { name, side, quantity, price, value: traded, fee } of trades) {
          expect(traded).toBeGreaterThanOrEqual(30 - 1e-6);
          expect(fee).toBeCloseTo(traded * rate + 2, 9);
          left += (side === 'sell' ? traded : -traded) - fee;
          units[all.names.indexOf(name)] += side === 'sell' ? -quantity : quantity;
          expect(price).toBe(all.prices[all.names.indexOf(name)]);
        }
        expect(left).toBeCloseTo(cash, 8);
        expect(units).toEqual(after);
        const worth = after.reduce((sum, each, i) => sum + each * all.prices[i], cash + fees);
        expect(worth).toBeCloseTo(value, 6);
        expect(new Set(trades.map(({ name }) => name)).size).toBe(trades.length);
      }),
      { numRuns: 14 },
    );
  });

  it('leave alone what stands as it should, and sell out what is not wanted', () => {
    const at = {
      names: ['A', 'B'],
      prices: Float64Array.of(10, 20),
      quantities: Float64Array.of(10, 5),
      cash: 0,
      fees: { rate: 0.001, fixed: 1 },
    };
    expect(had({ ...at, targets: Float64Array.of(0.5, 0.5) }).trades).toEqual([]);
    const out = had({ ...at, targets: Float64Array.of(1, 0) });
    expect(out.trades[0]).toMatchObject({ name: 'B', side: 'sell', quantity: 5 });
    expect(out.trades[1]).toMatchObject({ name: 'A', side: 'buy', quantity: 9 });
  });

  it('trade in lots, in fractions and in any quantity', () => {
    const at = {
      names: ['A'],
      prices: Float64Array.of(30),
      targets: Float64Array.of(1),
      quantities: Float64Array.of(0),
      cash: 1000,
    };
    expect(Array.from(had({ ...at, lotSizes: Float64Array.of(10) }).quantities)).toEqual([30]);
    expect(Array.from(had({ ...at, lotSizes: Float64Array.of(0.001) }).quantities)).toEqual([
      33.333,
    ]);
    expect(had({ ...at, lotSizes: Float64Array.of(0) }).quantities[0]).toBeCloseTo(1000 / 30, 9);
    // An odd rest goes as a whole or stays.
    const odd = { ...at, quantities: Float64Array.of(7.5), cash: 0, targets: Float64Array.of(0) };
    expect(had({ ...odd, lotSizes: Float64Array.of(1) }).trades).toMatchObject([{ quantity: 7.5 }]);
  });

  it('raise cash that is owed by sales, or say that they cannot', () => {
    const at = {
      names: ['A'],
      prices: Float64Array.of(10),
      targets: Float64Array.of(1),
      quantities: Float64Array.of(10),
    };
    expect(had({ ...at, cash: -25 }).trades).toMatchObject([{ side: 'sell', quantity: 3 }]);
    const refused = (of: TradeListRequest): unknown => {
      const found = tradeList(of, solve);
      return found.ok ? found.value : found.fault.code;
    };
    expect(refused({ ...at, cash: -25, fees: { rate: 0, fixed: 90 } })).toBe('allocation.cash');
    expect(refused({ ...at, cash: -100 })).toBe('allocation.nothing');
    expect(refused({ ...at, cash: 0, prices: Float64Array.of(0) })).toBe('allocation.input');
    expect(refused({ ...at, cash: 0, targets: Float64Array.of(-1) })).toBe('allocation.input');
    expect(refused({ ...at, cash: 0, targets: Float64Array.of(1, 0) })).toBe('allocation.input');
    expect(refused({ ...at, cash: Number.NaN })).toBe('allocation.input');
    expect(refused({ ...at, cash: 0, fees: { rate: 1, fixed: 0 } })).toBe('allocation.input');
  });

  // PyPortfolioOpt 1.5.6, DiscreteAllocation.greedy_portfolio, prices of 2018-04-11.
  it('are those of the greedy rule where it is asked for', () => {
    const prices = Float64Array.of(
      172.440002,
      172.360001,
      166.320007,
      35.790001,
      175.360001,
      1427.050049,
      1019.969971,
      77.43,
      70.910004,
      59.419998,
    );
    const weights = Float64Array.of(
      0.2247,
      0.1999,
      0.1421,
      0.1171,
      0.1003,
      0.06,
      0.05,
      0.0459,
      0.03,
      0.03,
    );
    expect(Array.from(greedyShares(prices, weights, 2000))).toEqual([3, 3, 2, 6, 1, 0, 0, 1, 1, 1]);
    expect(Array.from(greedyShares(prices, weights, 10_000))).toEqual([
      13, 11, 8, 33, 5, 1, 0, 6, 4, 5,
    ]);
    expect(Array.from(greedyShares(Float64Array.of(500), Float64Array.of(1), 100))).toEqual([0]);
  });

  it('leave the cash that the targets leave', () => {
    const at = {
      names: ['A'],
      prices: Float64Array.of(10),
      quantities: Float64Array.of(0),
      cash: 1000,
    };
    const list = had({ ...at, targets: Float64Array.of(0.6) });
    expect([list.cash, list.objective]).toEqual([400, 0]);
  });
});
