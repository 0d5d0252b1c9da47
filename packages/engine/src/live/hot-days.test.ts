import { addDays } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { HotDays } from './hot-days.ts';
import { liveSettings } from './live-settings.ts';
import { memoryBars } from './testing/memory-bars.ts';
import { MemoryTicks } from './testing/memory-ticks.ts';
import { steppedWorld } from './testing/stepped-world.ts';

const today = '2026-03-30';
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** A store with a bar of one minute and of five on each of the days. */
async function storeOf(days: readonly string[]): Promise<MemoryTicks> {
  const store = new MemoryTicks();
  const none = new Float64Array();
  const noTicks = {
    instrumentIds: [],
    sources: [],
    of: new Uint32Array(),
    by: new Uint8Array(),
    at: none,
    bid: none,
    ask: none,
    last: none,
    size: none,
    tradeId: none,
  };
  const one = Float64Array.of(1);
  for (const [index, day] of days.entries()) {
    const bars = {
      from: Float64Array.of(noon(day)),
      open: one,
      high: one,
      low: one,
      close: one,
      volume: one,
    };
    const of = Int32Array.of(0);
    await store.flush(index, noTicks, [
      { timeframe: '1m', instrumentIds: ['a'], of, bars },
      { timeframe: '5m', instrumentIds: ['a'], of, bars },
    ]);
  }
  return store;
}

describe('old days', () => {
  it('are moved to the files of bars before they are dropped, the young ones kept', async () => {
    const days = [-9, -4, -3, 0].map((back) => addDays(today, back));
    const store = await storeOf(days);
    const bars = memoryBars();
    const options = { store, bars, world: steppedWorld(noon(today)), settings: liveSettings };
    await new HotDays(options).tend();
    expect(
      bars.written.map(({ workspaceId, timeframe, bars: moved }) => [
        workspaceId,
        timeframe,
        moved.from[0],
      ]),
    ).toEqual(
      [-9, -4].flatMap((back) =>
        ['1m', '5m'].map((timeframe) => ['market', timeframe, noon(addDays(today, back))]),
      ),
    );
    expect(await store.firstDay()).toBe(addDays(today, -3));
  });

  it('stay where they are when they could not be moved', async () => {
    const store = await storeOf([addDays(today, -9)]);
    const bars = { ...memoryBars(), write: () => Promise.reject(new Error('The bucket is away')) };
    const options = { store, bars, world: steppedWorld(noon(today)), settings: liveSettings };
    await expect(new HotDays(options).tend()).rejects.toThrow('away');
    expect(await store.firstDay()).toBe(addDays(today, -9));
  });

  it('are tended to once a day', async () => {
    const store = await storeOf([]);
    let prepared: string[] = [];
    store.prepare = async (...days: string[]) => {
      prepared = days;
    };
    const world = steppedWorld(noon(today));
    const hot = new HotDays({ store, bars: memoryBars(), world, settings: liveSettings });
    await hot.tend();
    expect(prepared).toEqual([addDays(today, -1), addDays(today, 1)]);
    prepared = [];
    await hot.tend();
    expect(prepared).toEqual([]);
    await world.pass(24 * 3_600_000);
    await hot.tend();
    expect(prepared).toEqual([today, addDays(today, 2)]);
  });
});
