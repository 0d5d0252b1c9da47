import { backtestSettings } from '@plimsoll/analytics/backtest';
import { type Json, present } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeMembers, readRunConfig, runConfig, runConfigJson, settingsOf } from './run-config.ts';

const smallest = { strategy: 'sma-cross', universe: ['AAPL'] };

function paths(given: unknown): string[] {
  const read = readRunConfig(given);
  return read.ok ? [] : read.fault.errors.map(({ path }) => path);
}

const name = fc.stringMatching(/^[A-Z]{1,5}$/);
const configs = fc.record(
  {
    strategy: fc.constantFrom('sma-cross', './own.ts'),
    universe: fc.oneof(
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      fc.record({ index: name }),
    ),
    params: fc.dictionary(name, fc.oneof(fc.integer(), fc.boolean(), fc.string())),
    sweep: fc.record({ method: fc.constant('grid') }),
    cash: fc.double({ min: 1, max: 1e9, noNaN: true }),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    commission: fc.record({ kind: fc.constant('bps'), bps: fc.integer({ min: 0, max: 100 }) }),
    base: fc.constantFrom('EUR', 'USD'),
    title: fc.string(),
  },
  { requiredKeys: ['strategy', 'universe'] },
);

describe('the configuration of a run', () => {
  it('has no member that means two things', () => {
    const own = Object.keys(runConfig).filter((one) => !Object.hasOwn(backtestSettings, one));
    const all = [...own, ...Object.keys(backtestSettings), ...freeMembers];
    expect(new Set(all).size).toBe(all.length);
  });

  it('reads back to the same from its JSON', () => {
    fc.assert(
      fc.property(configs, (given) => {
        const read = readRunConfig(given);
        if (!read.ok) throw new Error(read.fault.detail);
        const json: Json = JSON.parse(JSON.stringify(runConfigJson(read.value)));
        expect(readRunConfig(json)).toEqual(read);
        expect(Object.keys(settingsOf(read.value))).toEqual(Object.keys(backtestSettings));
      }),
      { numRuns: 100 },
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.object(), (given) => {
        const read = readRunConfig({ ...smallest, ...given });
        expect(read.ok || read.fault.errors.length > 0).toBe(true);
      }),
    );
    expect(paths(null)).toEqual(['']);
    expect(paths([])).toEqual(['']);
  });

  it('tells of each mistake where it stands', () => {
    expect(paths(smallest)).toEqual([]);
    expect(paths({ strategy: 'x', universe: ['A', '', 'B'] })).toEqual(['universe.1']);
    expect(paths({ ...smallest, universe: ['A', 'A'] })).toEqual(['universe.1']);
    expect(paths({ ...smallest, universe: { index: 'X', on: 1 } })).toEqual(['universe.on']);
    expect(paths({ ...smallest, params: [1] })).toEqual(['params']);
    expect(paths({ ...smallest, params: { a: { b: Number.NaN } } })).toEqual(['params.a.b']);
    expect(paths({ ...smallest, commission: { kind: 'bps', bps: -1 } })).toEqual([
      'commission.bps',
    ]);
    expect(paths({ ...smallest, timeframe: '1h', timeframes: ['1d', '1m', '2w'] })).toEqual([
      'timeframes.1',
      'timeframes.2',
    ]);
    expect(paths({ ...smallest, base: 'euro' })).toEqual(['base']);
    expect(paths({ ...smallest, title: 'x'.repeat(300_000) })).toEqual(['']);
  });

  it('tells who misspells a name of all that there are', () => {
    const read = readRunConfig({ ...smallest, param: {} });
    const { message } = present(read.ok ? undefined : read.fault.errors[0], 'a mistake');
    expect(message).toMatch(/known are .*cash.*params, universe/);
  });
});
