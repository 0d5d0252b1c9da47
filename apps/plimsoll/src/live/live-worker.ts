import { once } from 'node:events';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { connectStore, connectTicks } from '@plimsoll/adapters/database';
import { marketDataAdapters } from '@plimsoll/adapters/registry';
import { instrumentKinds } from '@plimsoll/domain';
import {
  type LiveInstrument,
  LivePipeline,
  liveSettings,
  loadLiveInstruments,
} from '@plimsoll/engine';
import { invariant, present } from '@plimsoll/kernel';
import { type MarketDataProvider, marketWorkspace } from '@plimsoll/ports';
import { openBars } from '../bars/open-bars.ts';
import { barAdapters } from '../compose.ts';
import { environment, readConfig } from '../config.ts';
import { marketDataFile } from '../market-data/market-data-file.ts';
import { systemWorld } from '../market-data/system-world.ts';
import { systemClock } from '../system-clock.ts';
import type { LiveOrder, LiveWord } from './live-protocol.ts';

/** How often we look whether listings or settings have changed. */
const lookMs = 5_000;
/** Symbols and closes change without a sign: they are read again every so many looks. */
const looksBetween = 24;

const port: MessagePort = present(parentPort, 'the port to the main thread');
const [first] = (await once(port, 'message')) as [LiveOrder];
invariant(first.kind === 'start', 'the way to the store comes first');
const { dataFolder } = first;
let { demo } = first;
const tell = (word: LiveWord): void => port.postMessage(word);

const store = connectStore(first.store, { clock: systemClock });
const ticks = connectTicks(first.ticks);
// Opened only on days on which there is something to move.
const late = openBars(store, barAdapters, { ...readConfig(environment()), dataFolder });
const sources = marketDataFile({
  dataFolder,
  registry: marketDataAdapters,
  env: environment(),
  world: systemWorld,
});
const simulated = marketDataAdapters.simulated;
const usual = present(simulated.config, 'the settings of the simulated market').parse({});
const simulatedMarket: MarketDataProvider = simulated.create(usual, systemWorld);

/** The enabled providers of live quotes; the simulated one has its own market. */
const providersNow = (): readonly MarketDataProvider[] => {
  const polls = sources.read().settings.pollSeconds !== undefined;
  const found = instrumentKinds.flatMap((kind) => [
    ...sources.for(kind, 'stream'),
    ...(polls ? sources.for(kind, 'quotes') : []),
  ]);
  return [...new Set(found)].filter(({ id }) => id !== simulatedMarket.id);
};

const loaded = (): Promise<LiveInstrument[]> =>
  loadLiveInstruments({
    store,
    sources,
    demo: demo === null ? null : { workspaceId: demo, provider: simulatedMarket },
    nowMs: systemWorld.nowMs,
  });

const versionNow = (): Promise<number> =>
  store.read(marketWorkspace, (unit) => unit.catalogue.version());

const providers = providersNow();
const { pollSeconds } = sources.read().settings;
const settings =
  pollSeconds === undefined ? liveSettings : { ...liveSettings, pollMs: pollSeconds * 1000 };
const ending = new AbortController();
let again = false;

if (providers.length === 0 && demo === null) tell({ kind: 'idle' });
else await run();
await Promise.all([late.bars.close(), late.barReader.close()]);
await Promise.all([store.close(), ticks.close()]);
port.close();

async function run(): Promise<void> {
  let told = '';
  const pipeline = new LivePipeline({
    providers: [...providers, simulatedMarket],
    store: ticks,
    bars: late.bars,
    world: systemWorld,
    settings,
    onQuotes: (update) => {
      tellNames();
      tell({ kind: 'quotes', update });
    },
    onStatus: (status) => tell({ kind: 'status', status }),
  });
  /** What updates count in, whenever it has grown. */
  const tellNames = (): void => {
    const quoteIds = pipeline.instruments.map(({ instrumentId }) => instrumentId);
    const text = `${quoteIds.length} ${pipeline.providers.length}`;
    if (text === told) return;
    told = text;
    tell({ kind: 'names', quoteIds, providers: pipeline.providers });
  };
  port.on('message', (order: LiveOrder) => {
    if (order.kind === 'close') ending.abort();
    if (order.kind !== 'demo' || demo === order.workspace) return;
    demo = order.workspace;
    void loaded().then((instruments) => pipeline.want(instruments));
  });
  let version = await versionNow();
  await pipeline.start(await loaded());
  for (let look = 1; !ending.signal.aborted; look++) {
    // The signal ends the wait; the loop sees it.
    await systemWorld.wait(lookMs, ending.signal).catch(() => undefined);
    if (ending.signal.aborted) break;
    const now = providersNow();
    again =
      now.length !== providers.length ||
      now.some((one, index) => one !== providers[index]) ||
      sources.read().settings.pollSeconds !== pollSeconds;
    if (again) break;
    const before = version;
    version = await versionNow();
    if (version !== before || look % looksBetween === 0) pipeline.want(await loaded());
  }
  await pipeline.stop();
  if (again) tell({ kind: 'again' });
}
