import { addDays } from '@plimsoll/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveBars, LiveTimeframe, StoredTicks, TickStore } from '../live/tick-store.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Instruments and days of each run are its own, so that a store can be used again. */
let runs = 0;

interface Tick {
  readonly of: number;
  readonly by: number;
  readonly at: number;
  readonly last: number;
  readonly size: number;
  readonly tradeId: number;
}

const columnsOf = (ids: readonly string[], ticks: readonly Tick[]): StoredTicks => ({
  instrumentIds: ids,
  sources: ['first', 'second'],
  of: Uint32Array.from(ticks, ({ of }) => of),
  by: Uint8Array.from(ticks, ({ by }) => by),
  at: Float64Array.from(ticks, ({ at }) => at),
  bid: Float64Array.from(ticks, ({ last }) => last - 1),
  ask: Float64Array.from(ticks, ({ last }) => last + 1),
  last: Float64Array.from(ticks, ({ last }) => last),
  size: Float64Array.from(ticks, ({ size }) => size),
  tradeId: Float64Array.from(ticks, ({ tradeId }) => tradeId),
});

/** A bar of open, high, low, close and volume. */
const bar = (
  timeframe: LiveTimeframe,
  id: string,
  at: number,
  prices: readonly [number, number, number, number, number],
): LiveBars => ({
  timeframe,
  instrumentIds: [id],
  of: Int32Array.of(0),
  bars: {
    from: Float64Array.of(at),
    open: Float64Array.of(prices[0]),
    high: Float64Array.of(prices[1]),
    low: Float64Array.of(prices[2]),
    close: Float64Array.of(prices[3]),
    volume: Float64Array.of(prices[4]),
  },
});

/**
 * What every store of ticks must do. Run it from the adapter's own test. `settle` brings up to date
 * what a store derives in the background.
 */
export function tickStoreConformance(
  name: string,
  open: () => Promise<TickStore>,
  settle: () => Promise<void> = async () => undefined,
): void {
  describe(`tick store conformance: ${name}`, { timeout: 60_000 }, () => {
    const day = '2026-03-30';
    const start = Date.parse(`${day}T00:00:00Z`);
    let store: TickStore;
    beforeAll(async () => {
      store = await open();
      await store.prepare(day, addDays(day, 1));
    }, 60_000);
    afterAll(() => store.close());
    const fresh = (count: number) => {
      const run = ++runs;
      return Array.from({ length: count }, (_, i) => `instrument-${run}-${i}`);
    };
    const none = columnsOf([], []);

    it('gives back what it took, by time, and those of one time as they came', async () => {
      let batch = 0;
      const tick = fc.record({
        of: fc.nat({ max: 2 }),
        by: fc.nat({ max: 1 }),
        // Few times, so that many ticks share one; over three hours, so that blocks are cut.
        at: fc.nat({ max: 40 }).map((step) => start + step * 5 * minute),
        last: fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
        size: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e9, noNaN: true })),
        tradeId: fc.oneof(fc.constant(Number.NaN), fc.nat()),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(tick, { maxLength: 30 }), { minLength: 1, maxLength: 3 }),
          fc.nat({ max: 40 }),
          fc.nat({ max: 40 }),
          async (batches, a, b) => {
            const ids = fresh(3);
            for (const ticks of batches) await store.flush(++batch, columnsOf(ids, ticks), []);
            const [from, until] = [Math.min(a, b), Math.max(a, b)].map(
              (step) => start + step * 5 * minute,
            ) as [number, number];
            for (const [of, id] of ids.entries()) {
              const found = await store.ticks(id, from, until);
              const sorted = batches
                // Sources are kept in blocks of their own: their order among each other is by name.
                .flatMap((ticks) => ticks.toSorted((x, y) => x.by - y.by))
                .filter((each) => each.of === of && each.at >= from && each.at < until)
                .sort((x, y) => x.at - y.at);
              expect([...found.at]).toEqual(sorted.map(({ at }) => at));
              expect([...found.size]).toEqual(sorted.map(({ size }) => size));
              expect([...found.bid]).toEqual(sorted.map(({ last }) => last - 1));
              expect([...found.tradeId]).toEqual(sorted.map(({ tradeId }) => tradeId));
              const times = new Set(sorted.map(({ at }) => at));
              if (times.size === sorted.length)
                expect([...found.last]).toEqual(sorted.map(({ last }) => last));
            }
          },
        ),
        { numRuns: 12 },
      );
    });

    it('adds the ticks of one batch once, however often it is told', async () => {
      const ids = fresh(1);
      const ticks = columnsOf(ids, [
        { of: 0, by: 0, at: start, last: 10, size: 1, tradeId: 7 },
        { of: 0, by: 0, at: start + 1, last: 11, size: 2, tradeId: 8 },
      ]);
      await store.flush(1_000_001, ticks, []);
      await store.flush(1_000_001, ticks, []);
      expect([...(await store.ticks(ids[0] as string, start, start + hour)).last]).toEqual([
        10, 11,
      ]);
    });

    it('keeps neither ticks nor bars of a flush that fails', async () => {
      const [id] = fresh(1) as [string];
      const ticks = columnsOf([id], [{ of: 0, by: 0, at: start, last: 1, size: 1, tradeId: 1 }]);
      // Two bars of one minute in one call cannot both hold.
      const once = bar('1m', id, start, [1, 1, 1, 1, 1]);
      const twice = {
        ...once,
        of: Int32Array.of(0, 0),
        bars: { ...once.bars, from: Float64Array.of(start, start) },
      };
      await expect(store.flush(1_000_002, ticks, [once, twice])).rejects.toThrow();
      expect((await store.ticks(id, start, start + hour)).at).toHaveLength(0);
      expect((await store.bars(id, '1m', start, start + hour)).from).toHaveLength(0);
    });

    it('puts a later bar in the place of the earlier one, volume unknown or not', async () => {
      const [id] = fresh(1) as [string];
      await store.flush(1_000_003, none, [bar('1m', id, start, [1, 2, 0.5, 1.5, Number.NaN])]);
      await store.flush(1_000_004, none, [
        bar('1m', id, start, [1, 3, 0.5, 2.5, 10]),
        bar('1m', id, start + minute, [2, 2, 2, 2, Number.NaN]),
      ]);
      const found = await store.bars(id, '1m', start, start + 2 * minute);
      expect([...found.from]).toEqual([start, start + minute]);
      expect([...found.high]).toEqual([3, 2]);
      expect([...found.close]).toEqual([2.5, 2]);
      expect([...found.volume]).toEqual([10, Number.NaN]);
      expect((await store.bars(id, '1m', start + 1, start + minute)).from).toHaveLength(0);
      expect(await store.instruments(start, start + minute)).toContain(id);
      expect(await store.instruments(start + minute * 2, start + minute * 3)).not.toContain(id);
    });

    it('has five minutes of what is told of five minutes', async () => {
      const [id] = fresh(1) as [string];
      await store.flush(1_000_005, none, [
        bar('1m', id, start, [1, 4, 1, 2, 5]),
        bar('1m', id, start + 4 * minute, [2, 3, 0.5, 3, 6]),
        bar('5m', id, start, [1, 4, 0.5, 3, 11]),
      ]);
      await settle();
      const { from, open, high, low, close, volume } = await store.bars(
        id,
        '5m',
        start,
        start + hour,
      );
      expect([from, open, high, low, close, volume].map((column) => [...column])).toEqual([
        [start],
        [1],
        [4],
        [0.5],
        [3],
        [11],
      ]);
    });

    it('tells all ticks since a time again, batch by batch', async () => {
      const ids = fresh(2);
      const later = start + 30 * hour;
      const first = columnsOf(ids, [
        { of: 0, by: 1, at: later + 5, last: 1, size: 1, tradeId: 1 },
        { of: 1, by: 0, at: later + 6, last: 2, size: 1, tradeId: 2 },
        { of: 0, by: 0, at: start, last: 9, size: 1, tradeId: 9 },
      ]);
      const second = columnsOf(ids, [
        { of: 0, by: 1, at: later + 2, last: 3, size: 1, tradeId: 3 },
        { of: 0, by: 1, at: later + hour, last: 4, size: 1, tradeId: 4 },
      ]);
      await store.flush(1_000_006, first, []);
      await store.flush(1_000_007, second, []);
      const told: [string, string, number[]][] = [];
      await store.replay(later, (instrumentId, source, ticks) => {
        if (ids.includes(instrumentId)) told.push([instrumentId, source, [...ticks.last]]);
      });
      expect(told).toEqual([
        [ids[0], 'second', [1]],
        [ids[1], 'first', [2]],
        [ids[0], 'second', [3]],
        [ids[0], 'second', [4]],
      ]);
    });

    it('drops whole days, and only those before the one that is named', async () => {
      const [id] = fresh(1) as [string];
      const old = '2026-01-05';
      const at = Date.parse(`${old}T12:00:00Z`);
      await store.prepare(old, addDays(old, 1));
      await store.prepare(old, addDays(old, 1));
      const ticks = columnsOf(
        [id],
        [at, at + 24 * hour].map((time) => ({
          of: 0,
          by: 0,
          at: time,
          last: 1,
          size: 1,
          tradeId: 1,
        })),
      );
      await store.flush(1_000_008, ticks, [bar('1m', id, at, [1, 1, 1, 1, 1])]);
      expect(await store.firstDay()).toBe(old);
      await store.drop(addDays(old, 1));
      expect([...(await store.ticks(id, at, at + 25 * hour)).at]).toEqual([at + 24 * hour]);
      expect((await store.bars(id, '1m', at, at + hour)).from).toHaveLength(0);
      await store.drop(addDays(old, 2));
      expect((await store.ticks(id, at, at + 25 * hour)).at).toHaveLength(0);
    });
  });
}
