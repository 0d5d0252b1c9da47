import { alwaysOpen, barsOfTicks } from '@plimsoll/domain';
import { ok, refuse } from '@plimsoll/kernel';
import type { MarketDataFault, Quote } from '@plimsoll/ports';
import { tickStoreConformance } from '@plimsoll/ports/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LivePipeline, type LiveStatus } from './live-pipeline.ts';
import { liveSettings } from './live-settings.ts';
import { fieldOf, QuoteBoard } from './quote-board.ts';
import { AskedProvider, PlayedProvider, sampleInstrument } from './testing/live-samples.ts';
import { memoryBars } from './testing/memory-bars.ts';
import { MemoryTicks } from './testing/memory-ticks.ts';
import { type SteppedWorld, steppedWorld } from './testing/stepped-world.ts';

const start = Date.parse('2026-03-30T12:00:00Z');
const second = 1_000;
const minute = 60 * second;

interface Play {
  readonly world?: SteppedWorld;
  readonly store?: MemoryTicks;
  readonly providers?: readonly PlayedProvider[];
}

/** A pipeline of one instrument whose quotes a board takes over, as another thread would. */
async function play({
  world = steppedWorld(start),
  store = new MemoryTicks(),
  ...given
}: Play = {}) {
  const providers = given.providers ?? [new PlayedProvider('first'), new PlayedProvider('second')];
  const board = new QuoteBoard();
  const told: LiveStatus[] = [];
  const pipeline = new LivePipeline({
    providers,
    store,
    bars: memoryBars(),
    world,
    settings: { ...liveSettings, publishMs: second },
    onQuotes: (update) => board.apply(structuredClone(update)),
    onStatus: (status) => told.push(status),
  });
  await pipeline.start([sampleInstrument('aapl', { providers: providers.map(({ id }) => id) })]);
  const [first, other] = providers as [PlayedProvider, PlayedProvider];
  return {
    world,
    store,
    pipeline,
    board,
    told,
    first,
    other,
    last: () => board.get(0, fieldOf.last),
    stale: () => board.isStale(0),
  };
}

const trade = (world: SteppedWorld, last: number, tradeId: number, agoMs = 0) => ({
  symbol: 'AAPL',
  at: world.nowMs() - agoMs,
  last,
  size: 1,
  tradeId,
});

tickStoreConformance('memory', async () => new MemoryTicks());

describe('the live pipeline', () => {
  it('asks the preferred provider alone while it is heard, and hands on what it says', async () => {
    const { world, first, other, last, pipeline, board } = await play();
    first.become('open');
    first.send(trade(world, 10, 1));
    await world.pass(second);
    expect([first.wanted, other.wanted, last()]).toEqual([['AAPL'], [], 10]);
    expect(pipeline.providers[board.sourceOf(0)]).toBe('first');
    await pipeline.stop();
  });

  it('marks quotes as stale when the stream is lost, and asks the next provider, until it is back', async () => {
    const { world, first, other, last, stale, told, pipeline } = await play();
    first.become('open');
    first.send(trade(world, 10, 1));
    await world.pass(2 * second);
    first.become('lost', 'The connection broke.');
    await world.pass(2 * second);
    expect([last(), stale(), other.wanted]).toEqual([10, true, ['AAPL']]);
    expect(told.at(-1)?.sources[0]).toMatchObject({
      state: 'lost',
      detail: 'The connection broke.',
    });
    other.become('open');
    await world.pass(20 * second);
    other.send(trade(world, 11, 7));
    await world.pass(second);
    expect([last(), stale()]).toEqual([11, false]);
    first.become('open');
    first.send(trade(world, 12, 2));
    await world.pass(2 * second);
    expect([last(), stale(), other.wanted]).toEqual([12, false, []]);
    await pipeline.stop();
  });

  it('asks the next provider where the first is connected and says nothing', async () => {
    const { world, first, other, last, told, pipeline } = await play();
    first.become('open');
    await world.pass(liveSettings.silentMs + 3 * second);
    expect(other.wanted).toEqual(['AAPL']);
    expect(told.at(-1)?.sources[0]?.state).toBe('silent');
    other.become('open');
    other.send(trade(world, 11, 1));
    await world.pass(second);
    expect(last()).toBe(11);
    await pipeline.stop();
  });

  it('stores each tick once, whether a flush failed before or after it took place', async () => {
    for (const afterwards of [false, true]) {
      const { world, store, first, told, pipeline } = await play();
      first.become('open');
      store.failing = { error: new Error('The disk is full.'), afterwards };
      first.send(trade(world, 10, 1));
      await world.pass(3 * second);
      first.send(trade(world, 11, 2), trade(world, 10, 1));
      await world.pass(3 * second);
      expect(told.at(-1)?.trouble).toMatch(/could not be stored: The disk is full/);
      store.failing = null;
      await world.pass(3 * second);
      expect(told.at(-1)?.trouble).toBe('');
      await pipeline.stop();
      expect(store.rows.map(({ values }) => values[3])).toEqual([10, 11]);
      const { high, volume } = await store.bars('aapl', '5m', start, start + 5 * minute);
      expect([[...high], [...volume]]).toEqual([[11], [2]]);
    }
  });

  it('goes on after a kill at any moment with nothing doubled and only the last moment lost', {
    timeout: 30_000,
  }, async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constant('tick' as const), fc.nat({ max: 5 * minute })) },
      {
        weight: 2,
        arbitrary: fc.tuple(fc.constant('pass' as const), fc.nat({ max: 20 * second })),
      },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom('kill' as const, 'again'), fc.constant(0)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        let world = steppedWorld(start + 137 * second);
        const store = new MemoryTicks();
        let at = await play({ world, store });
        at.first.become('open');
        let unflushed = 0;
        let lost = 0;
        const sent: ReturnType<typeof trade>[] = [];
        const acts = {
          tick: async (ms: number) => {
            sent.push(trade(world, 100 + (sent.length % 7), sent.length, ms));
            at.first.send(...sent.slice(-1));
            unflushed++;
          },
          pass: async (ms: number) => {
            await world.pass(ms);
            if (ms >= 2 * liveSettings.flushMs) unflushed = 0;
          },
          again: async () => at.first.send(...sent.slice(-3)),
          kill: async () => {
            // Time stands still for the one that is killed: what it held in memory is gone.
            world = steppedWorld(world.nowMs());
            lost += unflushed;
            unflushed = 0;
            at = await play({ world, store });
            at.first.become('open');
          },
        };
        for (const [act, ms] of steps) await acts[act](ms);
        await at.pipeline.stop();
        const ids = store.rows.map(({ values }) => values[5] as number);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(sent.length - lost);
        const rows = store.rows
          .map(({ values }) => values)
          .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
        const columns = (index: number) =>
          Float64Array.from(rows, (row) => row[index] ?? Number.NaN);
        for (const timeframe of ['1m', '5m'] as const) {
          const wanted = barsOfTicks(
            { at: columns(0), price: columns(3), size: columns(4) },
            timeframe,
            alwaysOpen,
          ).bars;
          const found = await store.bars('aapl', timeframe, 0, Number.MAX_SAFE_INTEGER);
          expect([...found.from]).toEqual([...wanted.from]);
          expect([...found.volume]).toEqual([...wanted.volume]);
          expect([...found.low]).toEqual([...wanted.low]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('shows after a restart what was last known, as stale, until it is heard again', async () => {
    const world = steppedWorld(start);
    const store = new MemoryTicks();
    const before = await play({ world, store });
    before.first.become('open');
    before.first.send(trade(world, 10, 1));
    await world.pass(2 * second);
    const after = await play({ world, store });
    await world.pass(second);
    expect([after.last(), after.stale()]).toEqual([10, true]);
    after.first.become('open');
    after.first.send(trade(world, 10, 1), trade(world, 11, 2));
    await world.pass(2 * second);
    expect([after.last(), after.stale()]).toEqual([11, false]);
    await after.pipeline.stop();
    expect(store.rows).toHaveLength(2);
  });

  describe('with a provider that has to be asked', () => {
    const pence = { instrumentId: 'vod', label: 'VOD', currency: 'GBP', priceFactor: 0.01 };
    const quote = (change: Partial<Quote> = {}): Quote => ({
      symbol: 'VOD',
      at: start,
      bid: 0.7,
      ask: 0.72,
      last: 0.71,
      size: Number.NaN,
      previousClose: 0.7,
      currency: 'GBP',
      ...change,
    });
    const ask = async (change: Parameters<typeof sampleInstrument>[1] = {}) => {
      const world = steppedWorld(start);
      const provider = new AskedProvider('asked');
      const board = new QuoteBoard();
      const told: LiveStatus[] = [];
      const store = new MemoryTicks();
      const pipeline = new LivePipeline({
        providers: [provider],
        store,
        bars: memoryBars(),
        world,
        settings: { ...liveSettings, publishMs: second },
        onQuotes: (update) => board.apply(update),
        onStatus: (status) => told.push(status),
      });
      await pipeline.start([
        sampleInstrument('vod', { ...pence, providers: ['asked'], ...change }),
      ]);
      const get = (field: keyof typeof fieldOf) => board.get(0, fieldOf[field]);
      return { world, provider, board, told, store, pipeline, get };
    };

    it('asks again and again, in the unit that the quote states, and takes what is new', async () => {
      const { world, provider, store, pipeline, get } = await ask();
      provider.answer = ok([quote()]);
      await world.pass(liveSettings.pollMs * 2 + 2 * second);
      expect(provider.asked).toBeGreaterThanOrEqual(2);
      expect([get('last'), get('bid'), get('previousClose')].map(Math.round)).toEqual([71, 70, 70]);
      provider.answer = ok([quote({ last: 72, bid: 71, ask: 73, currency: 'GBX', at: start + 1 })]);
      await world.pass(liveSettings.pollMs + 2 * second);
      expect(get('last')).toBe(72);
      await pipeline.stop();
      // The same quote told again is no further tick.
      expect(store.rows.map(({ values }) => Math.round(values[3] ?? 0))).toEqual([71, 72]);
    });

    it('passes over a quote in another currency', async () => {
      const { world, provider, board, pipeline } = await ask();
      provider.answer = ok([quote({ currency: 'USD' })]);
      await world.pass(liveSettings.pollMs + 2 * second);
      expect(board.count).toBe(0);
      await pipeline.stop();
    });

    it('marks quotes as stale when it does not answer, and waits as long as it asks for', async () => {
      const { world, provider, board, told, pipeline } = await ask();
      provider.answer = ok([quote()]);
      await world.pass(liveSettings.pollMs + 2 * second);
      expect(board.isStale(0)).toBe(false);
      const retryAfterMs = 10 * minute;
      provider.answer = refuse({
        code: 'market-data.rate-limited',
        detail: 'Too many requests.',
        retryAfterMs,
      } satisfies MarketDataFault);
      await world.pass(liveSettings.pollMs + 2 * second);
      expect(board.isStale(0)).toBe(true);
      expect(told.at(-1)?.sources).toMatchObject([{ state: 'lost', detail: 'Too many requests.' }]);
      const { asked } = provider;
      await world.pass(retryAfterMs - 3 * second - liveSettings.pollMs);
      expect(provider.asked).toBe(asked);
      await pipeline.stop();
    });
  });
});
