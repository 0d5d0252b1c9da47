import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strategies } from '../../strategies/registry.gen.ts';
import type { Strategy } from '../../strategy/define-strategy.ts';
import { runBacktest } from '../run-backtest.ts';
import { runVector } from './run-vector.ts';
import { drawnBars, drawnInstrument, marketOf, settingsOf } from './testing/drawn-market.ts';

const all: readonly Strategy[] = strategies;
const signalled = all.filter(({ signals, crossing }) => signals ?? crossing);

/** A third of the default, so that short histories see something happen. */
const quicker = ({ params }: Strategy): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, parameter]) =>
      parameter.kind === 'integer' && parameter.unit === 'bars' && (parameter.default ?? 0) > 5
        ? [[name, Math.max(parameter.min ?? 1, Math.round((parameter.default ?? 0) / 3))]]
        : [],
    ),
  );

describe.each(signalled.map((one) => [one.id, one] as const))('%s', (_, strategy) => {
  it('trades by its signals as it does bar by bar', () => {
    let traded = 0;
    const drawn = fc.record({
      seed: fc.nat(),
      bars: fc.integer({ min: 100, max: 400 }),
      tradeFrom: fc.constantFrom(0, 90),
      quick: fc.boolean(),
      bps: fc.constantFrom(0, 10),
    });
    fc.assert(
      fc.property(drawn, ({ seed, bars, tradeFrom, quick, bps }) => {
        const columns = drawnBars(bars, seededRandom(seed));
        const market = marketOf(drawnInstrument('A', columns));
        const sizing = { kind: 'weight', weight: 0.9 };
        const settings = settingsOf({ sizing, commission: { kind: 'bps', bps } });
        const options = { tradeFrom: columns.known[tradeFrom] ?? 0 };
        const params = quick ? quicker(strategy) : {};
        const fast = runVector(strategy, params, market, settings, options);
        const slow = runBacktest(strategy, params, market, settings, options);
        if (!fast.ok || !slow.ok) throw new Error(JSON.stringify([fast, slow]).slice(0, 500));
        traded += fast.value.fills.at.length;
        expect(fast.value.fills).toEqual(slow.value.fills);
        expect(fast.value.equity).toEqual(slow.value.equity);
      }),
      { numRuns: 25 },
    );
    expect(traded).toBeGreaterThan(0);
  });
});
