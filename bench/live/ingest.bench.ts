import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTicks, openEmbedded } from '@plimsoll/adapters/database';
import { type LiveInstrument, LivePipeline, liveSettings } from '@plimsoll/engine';
import { ok, seededRandom } from '@plimsoll/kernel';
import type {
  BarStore,
  MarketDataProvider,
  QuoteStreamSink,
  TickBatch,
  TickStore,
} from '@plimsoll/ports';
import { line, megabytes, ms, take } from '../report.ts';

const instruments = 1_000;
const target = 50_000;
const seconds = 10;
/** Ticks come in frames, as from a socket. */
const frame = 500;

const symbols = Array.from({ length: instruments }, (_, i) => `S${i}`);

/** Trades and quotes of all instruments, each price near the last. */
function frames() {
  const random = seededRandom(1);
  const price = new Float64Array(instruments).fill(100);
  let id = 0;
  return (now: number): TickBatch => {
    const of = new Uint32Array(frame);
    const [at, bid, ask, last, size, tradeId] = Array.from({ length: 6 }, () =>
      new Float64Array(frame).fill(Number.NaN),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < frame; i++) {
      const one = Math.floor(random.next() * instruments);
      const next = (price[one] ?? 100) * (1 + (random.next() - 0.5) * 1e-4);
      price[one] = next;
      of[i] = one;
      at[i] = now - Math.floor(random.next() * 50);
      last[i] = next;
      bid[i] = next - 0.01;
      ask[i] = next + 0.01;
      size[i] = 1 + Math.floor(random.next() * 100);
      tradeId[i] = ++id;
    }
    return { symbols, of, at, bid, ask, last, size, tradeId };
  };
}

class Source implements MarketDataProvider {
  readonly id = 'bench';
  readonly title = 'Bench';
  readonly simulated = false;
  readonly capabilities = { daily: false, actions: false, fx: false, stream: true };
  sink: QuoteStreamSink | null = null;
  search = async () => ok([]);
  daily = async () => {
    throw new Error('It has no days');
  };
  stream = (sink: QuoteStreamSink, signal: AbortSignal) => {
    this.sink = sink;
    sink.state('open', '');
    const ended = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return { want: () => undefined, ended };
  };
}

const instrumentOf = (symbol: string): LiveInstrument => ({
  instrumentId: `instrument-${symbol}`,
  label: symbol,
  kind: 'equity',
  currency: 'USD',
  priceFactor: 1,
  simulated: false,
  previousClose: 100,
  sources: [{ provider: 'bench', symbol: { symbol } }],
});

/** Ticks through the whole pipeline into the embedded database, paced and as fast as they go. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ingest-'));
  const store = await openEmbedded(folder, { clock: { now: () => new Date().toISOString() } });
  const ticks = connectTicks(store.connect());
  const start = Date.now();
  const live = await pipelineOn(ticks);
  const paced = await feedPaced(live);
  const burst = await feedAtOnce(live);
  let count = 0;
  const read = await take(() =>
    ticks.replay(start - 60_000, (_id, _source, block) => {
      count += block.at.length;
    }),
  );
  line('read back for a restart', `${count} of ${paced + burst}`, ms(read.wallMs));
  line('memory of the process', megabytes(process.memoryUsage().rss));
  if (count !== paced + burst) throw new Error(`${paced + burst - count} ticks are missing`);
  await ticks.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

type Live = Awaited<ReturnType<typeof pipelineOn>>;

async function pipelineOn(store: TickStore) {
  const source = new Source();
  let updates = 0;
  const pipeline = new LivePipeline({
    providers: [source],
    store,
    // No day ends within the bench.
    bars: {} as BarStore,
    world: {
      nowMs: Date.now,
      random: Math.random,
      wait: (time, signal) => pause(time, undefined, { signal }),
    },
    settings: liveSettings,
    onQuotes: ({ of }) => {
      updates += of.length;
    },
    onStatus: () => undefined,
  });
  await pipeline.start(symbols.map(instrumentOf));
  const next = frames();
  return {
    pipeline,
    next,
    updates: () => updates,
    feed: (count: number) => {
      const now = Date.now();
      for (let i = 0; i < count; i++) source.sink?.ticks(next(now));
    },
  };
}

/** As many as the target asks for, second by second; gives how many there were. */
async function feedPaced({ feed, next, updates }: Live): Promise<number> {
  const paced = await take(async () => {
    let sent = 0;
    const from = performance.now();
    while (performance.now() - from < seconds * 1000) {
      const due = Math.floor((((performance.now() - from) / 1000) * target) / frame) - sent;
      feed(due);
      sent += due;
      await pause(10);
    }
    return sent * frame;
  });
  const drawn = await take(() => {
    for (let i = 0; i < paced.result / frame; i++) next(0);
  });
  await pause(1_500);
  const ofOneCore = (cpuMs: number) => `${((cpuMs / paced.wallMs) * 100).toFixed(1)} %`;
  line('paced: instruments, ticks', String(instruments), String(paced.result));
  line('  rate (target 50,000/s on one core)', perSecond(paced.result, paced.wallMs));
  line('  CPU of all threads, of one core', ofOneCore(paced.cpuMs));
  line('  of it for inventing the ticks', ofOneCore(drawn.cpuMs));
  line('  changed quotes handed on', perSecond(updates(), paced.wallMs));
  return paced.result;
}

/** As fast as they go, until all are durable. */
async function feedAtOnce({ feed, pipeline }: Live): Promise<number> {
  const burst = 1_000;
  const fast = await take(async () => {
    for (let i = 0; i < burst; i++) {
      feed(1);
      if (i % 20 === 19) await pause(0);
    }
    await pipeline.stop();
  });
  line('unpaced: ticks', String(burst * frame));
  line('  rate, durable at the end', perSecond(burst * frame, fast.wallMs));
  line('  CPU of all threads', ms(fast.cpuMs));
  return burst * frame;
}

const perSecond = (count: number, wallMs: number): string =>
  `${Math.round(count / (wallMs / 1000))}/s`;
