import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderFacts } from './define-gate.ts';
import { gates } from './registry.gen.ts';

const share = fc.double({ min: 0, max: 3, noNaN: true });
const money = fc.double({ min: -2e5, max: 2e5, noNaN: true });
const count = fc.integer({ min: 0, max: 20 });
const facts: fc.Arbitrary<OrderFacts> = fc.record({
  instrumentId: fc.constant('A'),
  sector: fc.constantFrom('Energy', null),
  side: fc.constantFrom('buy', 'sell'),
  quantity: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  price: fc.double({ min: 0.01, max: 500, noNaN: true }),
  newestPrice: fc.double({ min: 0.01, max: 500, noNaN: true }),
  value: fc.double({ min: 0, max: 2e5, noNaN: true }),
  equity: fc.double({ min: 1e3, max: 1e5, noNaN: true }),
  buyingPower: fc.double({ min: 1, max: 1e5, noNaN: true }),
  allowed: fc.boolean(),
  reduces: fc.boolean(),
  position: money,
  positionAfter: money,
  gross: money.map(Math.abs),
  grossAfter: money.map(Math.abs),
  net: money,
  netAfter: money,
  sectorGross: money.map(Math.abs),
  sectorGrossAfter: money.map(Math.abs),
  positions: count,
  positionsAfter: count,
  dayLoss: share,
  drawdown: share,
  ordersToday: count,
  sameOrders: count,
});

/** Gates on losses and rates, which must never hold up the way out of a position. */
const lettingOut = [
  'buying-power',
  'daily-loss',
  'drawdown',
  'instrument-allowed',
  'order-value',
  'orders-per-day',
];

describe.each(gates.map((gate) => [gate.id, gate] as const))('the gate %s', (id, gate) => {
  it('that lets an order pass lets it pass at any higher limit', () => {
    fc.assert(
      fc.property(facts, share, share, (order, a, b) => {
        const low = gate.check(order, Math.min(a, b));
        const high = gate.check(order, Math.max(a, b));
        expect(!low.passes || high.passes).toBe(true);
      }),
    );
  });

  it('says the figure and the limit it turned an order down for', () => {
    fc.assert(
      fc.property(facts, share, (order, limit) => {
        const verdict = gate.check(order, limit);
        if (verdict.passes) return;
        expect(verdict.limit).toBe(limit);
        expect(verdict.reason.length).toBeGreaterThan(5);
        if (id !== 'instrument-allowed') expect(verdict.figure).toBeGreaterThan(limit);
      }),
    );
  });

  it.skipIf(!lettingOut.includes(id))('lets everything pass that only reduces a position', () => {
    fc.assert(
      fc.property(facts, share, (order, limit) => {
        expect(gate.check({ ...order, reduces: true }, limit)).toEqual({ passes: true });
      }),
    );
  });

  it.skipIf(id === 'same-orders' || id === 'positions' || id === 'orders-per-day')(
    'lets nothing pass whose figure is no number, where it would add',
    () => {
      fc.assert(
        fc.property(facts, (order) => {
          const broken = {
            ...order,
            reduces: false,
            allowed: false,
            equity: Number.NaN,
            newestPrice: Number.NaN,
            dayLoss: Number.NaN,
            drawdown: Number.NaN,
            buyingPower: Number.NaN,
            position: 0,
            positionAfter: 1,
            gross: 0,
            grossAfter: 1,
            net: 0,
            netAfter: 1,
            sectorGross: 0,
            sectorGrossAfter: 1,
          };
          expect(gate.check(broken, 1).passes).toBe(false);
        }),
      );
    },
  );
});
