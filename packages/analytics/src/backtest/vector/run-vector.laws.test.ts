import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineStrategy } from '../../strategy/define-strategy.ts';
import { runBacktest } from '../run-backtest.ts';
import { runVector } from './run-vector.ts';
import {
  drawnBars,
  drawnInstrument,
  marketOf,
  settingsOf,
  withoutRanges,
} from './testing/drawn-market.ts';

/** Signals given beforehand, as a column and bar by bar. */
const given = (signals: Float64Array, warmUp: number) =>
  defineStrategy({
    id: 'given',
    group: 'own',
    title: 'Given signals',
    summary: 'Does as it is told.',
    params: {},
    warmUp: () => warmUp,
    onStart: () => null,
    onBar({ orders, instrument, count }) {
      orders.signal(instrument, signals[count - 1] as number);
    },
    signals: () => signals,
  });

const sizing = fc.oneof(
  fc.record({ kind: fc.constant('units'), units: fc.constantFrom(0.5, 3, 10, 2000) }),
  fc.record({ kind: fc.constant('weight'), weight: fc.constantFrom(0.3, 0.98, 1, 2.5) }),
  fc.record({ kind: fc.constant('cash'), amount: fc.constantFrom(900, 40_000, 500_000) }),
);
const commission = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({ kind: fc.constant('bps'), bps: fc.constantFrom(0, 1, 10, 250) }),
  fc.record({ kind: fc.constant('bps'), bps: fc.constant(5), minimum: fc.constantFrom(1, 40) }),
  fc.record({
    kind: fc.constant('per-share'),
    amount: fc.constantFrom(0.005, 0.5),
    minimum: fc.constantFrom(0, 1, 20),
    mostShare: fc.constantFrom(0.005, 1),
  }),
  fc.record({ kind: fc.constant('per-trade'), amount: fc.constantFrom(0, 7, 300) }),
);
const slippage = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({ kind: fc.constant('bps'), bps: fc.constantFrom(0, 3, 50) }),
  fc.record({ kind: fc.constant('half-spread'), spreadBps: fc.constantFrom(4, 30) }),
);
const account = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'cash' }) },
  fc.record({
    kind: fc.constant('margin'),
    initial: fc.constant(0.2),
    maintenance: fc.constant(0.1),
  }),
);
const cases = fc.record({
  seed: fc.nat(),
  bars: fc.integer({ min: 1, max: 60 }),
  step: fc.constantFrom(0, 1, 0.01),
  multiplier: fc.constantFrom(1, 1, 5),
  changing: fc.constantFrom(0.05, 0.3, 0.9),
  fractions: fc.boolean(),
  warmUp: fc.constantFrom(0, 0, 7),
  tradeFrom: fc.constantFrom(0, 0, 11),
  gaps: fc.constantFrom(0, 0, 0.2),
  settings: fc.record({
    cash: fc.constantFrom(1000, 100_000),
    execution: fc.constantFrom('next-open', 'same-close'),
    whenShortOfCash: fc.constantFrom('reduce', 'reject'),
    ...{ sizing, commission, slippage, account },
  }),
});

describe('the fast path', () => {
  it('gives the fills, trades and equity of the event engine, bit for bit', () => {
    let compared = 0;
    fc.assert(
      fc.property(cases, (drawn) => {
        const random = seededRandom(drawn.seed);
        const bars = withoutRanges(drawnBars(drawn.bars, random), drawn.gaps, random);
        const levels = drawn.fractions ? [1, 0.5, 0, -0.25, -1] : [1, 0, -1];
        const signals = Float64Array.from({ length: drawn.bars }, () =>
          random.next() < drawn.changing
            ? (levels[Math.floor(random.next() * levels.length)] as number)
            : Number.NaN,
        );
        const market = marketOf(drawnInstrument('A', bars, drawn));
        const settings = settingsOf(drawn.settings);
        const strategy = given(signals, drawn.warmUp);
        const options = { tradeFrom: bars.known[drawn.tradeFrom] ?? 0 };
        const fast = runVector(strategy, {}, market, settings, options);
        if (!fast.ok) {
          expect(fast.fault.code).toBe('sweep.not-fast');
          if (settings.account.kind === 'cash') expect(fast.fault.detail).toMatch(/turned down/);
          return;
        }
        const slow = runBacktest(strategy, {}, market, settings, options);
        if (!slow.ok) throw new Error(slow.fault.detail);
        compared++;
        expect(fast.value).toEqual(
          Object.fromEntries(
            Object.keys(fast.value).map((name) => [name, slow.value[name as 'fills']]),
          ),
        );
      }),
      { numRuns: 800 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
