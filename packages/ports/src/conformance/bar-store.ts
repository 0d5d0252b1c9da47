import type { TimedBars, Timeframe } from '@plimsoll/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BarRange, BarStore } from '../bars/bar-store.ts';

export interface BarStoreSubject {
  /** An empty store, and two workspaces that both have the instruments `acme` and `Ä/1 .x`. */
  readonly open: () => Promise<{
    readonly bars: BarStore;
    readonly workspaces: readonly [string, string];
  }>;
  readonly close: () => Promise<void>;
}

const fields = ['from', 'open', 'high', 'low', 'close', 'volume'] as const;
const noon = Date.UTC(2023, 11, 31, 12);
const minute = 60_000;
const odd = 'Ä/1 .x';
const idle = new AbortController().signal;
const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

type Row = readonly number[];

const columnsOf = (rows: readonly Row[]): TimedBars => {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] ?? Number.NaN);
  return {
    from: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
};

/** Any doubles there are, and times of minutes around the turn of a year, in any month of a decade. */
const anyBars = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 700, max: 760 }),
      fc.integer({ min: -4_000_000, max: 4_000_000 }),
    ),
    { maxLength: 30 },
  )
  .chain((steps) =>
    fc.tuple(
      fc.constant([...steps].sort((a, b) => a - b)),
      fc.array(fc.tuple(...fields.slice(1).map(() => fc.double())), {
        minLength: steps.length,
        maxLength: steps.length,
      }),
    ),
  )
  .map(([steps, values]) =>
    columnsOf(steps.map((step, i) => [noon + step * minute, ...(values[i] ?? [])])),
  );

/** What every keeper of intraday bars must do, whoever wrote it. Run it from the adapter's own test. */
export function barStoreConformance(name: string, subject: BarStoreSubject): void {
  describe(`bar store conformance: ${name}`, { timeout: 60_000 }, () => {
    let bars: BarStore;
    let mine: string;
    let other: string;
    beforeAll(async () => {
      const opened = await subject.open();
      bars = opened.bars;
      [mine, other] = opened.workspaces;
    }, 60_000);
    afterAll(() => subject.close());

    const write = (written: TimedBars, over: { timeframe?: Timeframe; id?: string } = {}) =>
      bars.write(mine, over.id ?? 'acme', {
        timeframe: over.timeframe ?? '1m',
        bars: written,
        source: 'test',
      });
    const read = (range: Partial<BarRange> = {}, id = 'acme') =>
      bars.read(mine, id, { timeframe: '1m', ...always, ...range });

    it('has nothing where nothing was written', async () => {
      expect(await read()).toEqual(columnsOf([]));
      expect(await bars.coverage(mine)).toEqual([]);
      expect(await bars.matrix(mine, [], { timeframe: '1m', ...always })).toEqual({
        from: new Float64Array(0),
        instrumentIds: [],
        close: new Float64Array(0),
      });
      expect(await write(columnsOf([]))).toEqual({ written: 0 });
      expect(await bars.coverage(mine)).toEqual([]);
      expect(await bars.compact(mine, idle)).toEqual({ before: 0, after: 0 });
    });

    it('gives what was written last on each bar, bit by bit, before and after it is compacted', async () => {
      let used = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyBars, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: -800, max: 800 }),
          fc.integer({ min: 0, max: 800 }),
          async (writes, start, length) => {
            const timeframe = (['1s', '1m', '5m', '1h'] as const)[used++ % 4] ?? '1m';
            const model = new Map<number, Row>();
            enter(model, await read({ timeframe }, odd));
            for (const one of writes) {
              const { written } = await write(one, { timeframe, id: odd });
              expect(written).toBe(one.from.length);
              enter(model, one);
            }
            const from = noon + start * minute + 0.5;
            const ranges = [always, { from, until: from + length * minute }, { from, until: from }];
            const asModelled = async () => {
              for (const range of ranges) {
                expect(await read({ timeframe, ...range }, odd)).toEqual(within(model, range));
              }
            };
            await asModelled();
            await bars.compact(mine, idle);
            await asModelled();
          },
        ),
        { numRuns: 5 },
      );
    });

    it('keeps timeframes, instruments and workspaces apart', async () => {
      const one = columnsOf([[noon, 1, 1, 1, 1, 1]]);
      await bars.write(other, 'acme', { timeframe: '15m', bars: one, source: 'test' });
      await write(columnsOf([[noon, 2, 2, 2, 2, 2]]), { timeframe: '15m', id: odd });
      expect(await read({ timeframe: '15m' })).toEqual(columnsOf([]));
      expect((await read({ timeframe: '15m' }, odd)).close).toEqual(Float64Array.of(2));
      const there = await bars.read(other, 'acme', { timeframe: '15m', ...always });
      expect(there).toEqual(one);
      expect(await bars.read(other, 'acme', { timeframe: '1d', ...always })).toEqual(columnsOf([]));
    });

    it('lays closes side by side over all their times', async () => {
      const range = { timeframe: '1d', ...always } as const;
      const days = [0, 1, 2, 3].map((day) => noon + day * 1_440 * minute);
      const [a = 0, b = 0, c = 0, d = 0] = days;
      const close = (at: number, price: number) => [at, 9, 9, 9, price, 9];
      await write(columnsOf([close(a, 1), close(b, 2), close(d, 4)]), { timeframe: '1d' });
      await write(columnsOf([close(b, 20), close(c, Number.NaN)]), { timeframe: '1d', id: odd });
      const matrix = await bars.matrix(mine, [odd, 'acme', 'none'], range);
      expect(matrix.instrumentIds).toEqual([odd, 'acme', 'none']);
      expect([...matrix.from]).toEqual(days);
      const unknown = Number.NaN;
      expect([...matrix.close]).toEqual([
        ...[unknown, 20, unknown, unknown],
        ...[1, 2, unknown, 4],
        ...[unknown, unknown, unknown, unknown],
      ]);
      const cut = await bars.matrix(mine, ['acme'], { timeframe: '1d', from: b, until: d });
      expect([[...cut.from], [...cut.close]]).toEqual([[b], [2]]);
    });

    it('says what it covers', async () => {
      const [first, last] = [noon, noon + 60 * minute];
      await bars.write(other, odd, {
        timeframe: '5m',
        bars: columnsOf([[first], [last]]),
        source: 'b',
      });
      await bars.write(other, odd, { timeframe: '5m', bars: columnsOf([[last]]), source: 'a' });
      const find = async () =>
        (await bars.coverage(other)).find(({ timeframe }) => timeframe === '5m');
      const covered = { instrumentId: odd, timeframe: '5m', first, last };
      expect(await find()).toMatchObject({ ...covered, files: 2, source: 'b, a' });
      await bars.compact(other, idle);
      expect(await find()).toMatchObject({ ...covered, files: 1, count: 2, source: 'b, a' });
      expect((await find())?.bytes).toBeGreaterThan(0);
    });

    it('shows readers the same bars while files are joined and written', async () => {
      const [start, count] = [noon + 10_000_000 * minute, 20];
      const at = (i: number) => start + i * minute;
      for (let i = 0; i < count; i++) await write(columnsOf([[at(i), 1, 1, 1, i, 1]]));
      const range = { from: start, until: at(count) };
      let done = false;
      const compacting = bars.compact(mine, idle).finally(() => {
        done = true;
      });
      const seen = new Set<string>();
      do seen.add([...(await read(range)).close].join());
      while (!done);
      seen.add([...(await read(range)).close].join());
      await compacting;
      expect([...seen]).toEqual([Array.from({ length: count }, (_, i) => i).join()]);
    });

    it('takes bars that were written while it compacts as the newer ones', async () => {
      const at = noon + 11_000_000 * minute;
      await write(columnsOf([[at, 1, 1, 1, 1, 1]]));
      await write(columnsOf([[at, 2, 2, 2, 2, 2]]));
      const compacting = bars.compact(mine, idle);
      await write(columnsOf([[at, 3, 3, 3, 3, 3]]));
      await compacting;
      await bars.compact(mine, idle);
      expect((await read({ from: at, until: at + 1 })).close).toEqual(Float64Array.of(3));
    });

    it('stops compacting when told, and loses nothing', async () => {
      const stopped = AbortSignal.abort();
      const before = await read();
      const { before: files, after } = await bars.compact(mine, stopped);
      expect(after).toBe(files);
      expect(await read()).toEqual(before);
    });

    it('finds nothing wrong with files that it wrote', async () => {
      expect(await bars.verify(mine)).toEqual([]);
    });

    it('takes bars that do not rise, or not in whole milliseconds, for a bug', async () => {
      await expect(write(columnsOf([[noon], [noon]]))).rejects.toThrow(/Bar 1/);
      await expect(write(columnsOf([[noon + 0.5]]))).rejects.toThrow(/Bar 0/);
      await expect(write(columnsOf([[Number.NaN]]))).rejects.toThrow(/Bar 0/);
    });
  });
}

function enter(model: Map<number, Row>, bars: TimedBars): void {
  for (const [i, at] of bars.from.entries()) {
    model.set(
      at,
      fields.map((field) => bars[field][i] ?? Number.NaN),
    );
  }
}

const within = (model: ReadonlyMap<number, Row>, range: Pick<BarRange, 'from' | 'until'>) =>
  columnsOf(
    [...model.values()]
      .filter(([at = 0]) => range.from <= at && at < range.until)
      .sort(([a = 0], [b = 0]) => a - b),
  );
