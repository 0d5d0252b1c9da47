/** Stores ticks of its own through the live pipeline until it is killed: folder, acknowledgements, first id. */
import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTicks, openEmbedded } from '@plimsoll/adapters/database';
import { LivePipeline, liveSettings } from '@plimsoll/engine';
import { ok } from '@plimsoll/kernel';
import type { BarStore, MarketDataProvider, QuoteStreamSink } from '@plimsoll/ports';
import { systemWorld } from '../market-data/system-world.ts';
import { systemClock } from '../system-clock.ts';

const [folder = '', acknowledgements = '', first = '1'] = process.argv.slice(2);
const acknowledged = openSync(acknowledgements, 'a');
const store = await openEmbedded(folder, { clock: systemClock });
const ticks = connectTicks(store.connect());

let sink: QuoteStreamSink | null = null;
const provider: MarketDataProvider = {
  id: 'played',
  title: 'Played',
  simulated: false,
  capabilities: { daily: false, actions: false, fx: false, stream: true },
  search: async () => ok([]),
  daily: () => Promise.reject(new Error('It has no days')),
  stream: (given) => {
    sink = given;
    return { want: () => undefined, ended: Promise.resolve() };
  },
};

const pipeline = new LivePipeline({
  providers: [provider],
  store: {
    ...ticks,
    flush: async (batch, some, bars) => {
      await ticks.flush(batch, some, bars);
      for (const id of some.tradeId) writeSync(acknowledged, `${id}\n`);
    },
  },
  bars: {} as BarStore,
  world: systemWorld,
  settings: { ...liveSettings, flushMs: 100, barsMs: 200 },
  onQuotes: () => undefined,
  onStatus: () => undefined,
});
await pipeline.start([
  {
    instrumentId: 'killed',
    label: 'KILL',
    kind: 'equity',
    currency: 'USD',
    priceFactor: 1,
    simulated: false,
    previousClose: 100,
    sources: [{ provider: 'played', symbol: { symbol: 'KILL' } }],
  },
]);
const given = sink as QuoteStreamSink | null;
given?.state('open', '');
process.stdout.write('ready\n');
// A provider that reconnects tells its last trades once more.
for (let id = Math.max(1, Number(first) - 200); ; id++) {
  const number = Float64Array.of(id);
  const none = Float64Array.of(Number.NaN);
  given?.ticks({
    symbols: ['KILL'],
    of: Uint32Array.of(0),
    at: Float64Array.of(systemWorld.nowMs()),
    bid: none,
    ask: none,
    last: Float64Array.of(100 + (id % 10)),
    size: Float64Array.of(1),
    tradeId: number,
  });
  if (id % 10 === 0) await pause(2);
}
