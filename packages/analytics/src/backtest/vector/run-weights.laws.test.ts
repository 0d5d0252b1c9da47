import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineStrategy } from '../../strategy/define-strategy.ts';
import { runBacktest } from '../run-backtest.ts';
import { runWeights } from './run-weights.ts';
import {
  drawnBars,
  drawnInstrument,
  marketOf,
  settingsOf,
  withGaps,
} from './testing/drawn-market.ts';
import type { WeightRows } from './weight-rows.ts';

/** The same rebalances, asked for bar by bar. */
const rebalancing = ({ bars, weights }: WeightRows, ids: readonly string[]) =>
  defineStrategy({
    id: 'given',
    group: 'own',
    title: 'Given weights',
    summary: 'Does as it is told.',
    params: {},
    onStart: () => null,
    onBar({ orders, instruments, count }) {
      const row = bars.indexOf(count - 1);
      if (row < 0) return;
      const weightOf = (id: string) => weights[row * ids.length + ids.indexOf(id)] as number;
      orders.rebalance(new Map(instruments.map((each) => [each, weightOf(each.id)])));
    },
  });

const cases = fc.record({
  seed: fc.nat(),
  bars: fc.integer({ min: 1, max: 40 }),
  wide: fc.integer({ min: 1, max: 6 }),
  step: fc.constantFrom(0, 1),
  lent: fc.boolean(),
  gaps: fc.constantFrom(0, 0, 0, 0.02),
  settings: fc.record({
    cash: fc.constantFrom(2000, 100_000),
    execution: fc.constantFrom('next-open', 'same-close'),
    whenShortOfCash: fc.constantFrom('reduce', 'reject'),
    commission: fc.constantFrom(
      { kind: 'none' },
      { kind: 'bps', bps: 20 },
      { kind: 'per-trade', amount: 3 },
    ),
    slippage: fc.constantFrom({ kind: 'none' }, { kind: 'bps', bps: 10 }),
  }),
});

describe('rebalancing to weights', () => {
  it('gives the fills, trades and equity of the event engine, bit for bit', () => {
    let compared = 0;
    fc.assert(
      fc.property(cases, ({ seed, bars, wide, step, lent, gaps, settings: given }) => {
        const random = seededRandom(seed);
        const ids = Array.from({ length: wide }, (_, i) => `${'CADBFE'[i]}`);
        const market = marketOf(
          ...ids.map((id) =>
            drawnInstrument(id, withGaps(drawnBars(bars, random), gaps, random), { step }),
          ),
        );
        const places = Array.from({ length: bars }, (_, i) => i).filter(() => random.next() < 0.3);
        const one = () => (random.next() < 0.2 ? 0 : (random.next() * 2) / wide - (lent ? 0.3 : 0));
        const rows = {
          bars: Int32Array.from(places),
          weights: Float64Array.from({ length: places.length * wide }, () =>
            Math.max(lent ? -1 : 0, one()),
          ),
        };
        const account = lent
          ? { kind: 'margin', initial: 0.2, maintenance: 0.1 }
          : { kind: 'cash' };
        const settings = settingsOf({ ...given, account });
        const fast = runWeights(rows, market, settings);
        if (!fast.ok) {
          expect([fast.fault.code, lent || gaps > 0]).toEqual(['sweep.not-fast', true]);
          return;
        }
        const slow = runBacktest(rebalancing(rows, ids), {}, market, settings);
        if (!slow.ok) throw new Error(slow.fault.detail);
        compared++;
        const found = { ...fast.value, trades: fast.value.trades() };
        expect(found).toEqual(
          Object.fromEntries(Object.keys(found).map((name) => [name, slow.value[name as 'fills']])),
        );
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  const bars = drawnBars(5, seededRandom(1));
  const market = marketOf(drawnInstrument('A', bars), drawnInstrument('B', bars));
  const rows = (places: number[], ...weights: number[]): WeightRows => ({
    bars: Int32Array.from(places),
    weights: Float64Array.from(weights),
  });

  it.each([
    ['too few weights', rows([1], 1), /1 weights for 1 rows of 2 instruments/],
    ['bars that fall', rows([2, 1], 0, 1, 0, 1), /Bar 1 of row 1/],
    ['a bar that is not there', rows([5], 0, 1), /Bar 5 of row 0: .* below 5/],
    ['no number', rows([1], 0, Number.NaN), /The weight of B in row 0 is NaN/],
  ])('refuses %s', (_, given, detail) => {
    const run = runWeights(given, market, settingsOf({}));
    expect(run.ok ? null : [run.fault.code, run.fault.detail]).toEqual([
      'sweep.weights',
      expect.stringMatching(detail),
    ]);
  });

  it('leaves an order that waits for a price to the event engine', () => {
    const open = bars.open.with(2, Number.NaN);
    const run = runWeights(
      rows([1, 2], 0.4, 0.4, 0.5, 0.5),
      marketOf(drawnInstrument('A', { ...bars, open }), drawnInstrument('B', bars)),
      settingsOf({}),
    );
    expect(run.ok ? null : run.fault.detail).toMatch(/without a price/);
  });

  it('leaves bars that do not come together to the event engine', () => {
    const late = { ...bars, known: bars.known.map((at) => at + 1) };
    const run = runWeights(
      rows([1], 0, 1),
      marketOf(drawnInstrument('A', bars), drawnInstrument('B', late)),
      settingsOf({}),
    );
    expect(run.ok ? null : run.fault.detail).toMatch(/A and B/);
  });
});
