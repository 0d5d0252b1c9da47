import type { SharedStore, StoreWithTicks } from '@plimsoll/adapters/database';
import type { Compute, Engine } from '@plimsoll/engine';
import { type Bus, BusRefusal, type BusWorld, ObjectRefusal } from '@plimsoll/ports';
import { computeWith } from './analyses/compute-with.ts';
import { type BarAdapters, openBars } from './bars/open-bars.ts';
import { type Config, ConfigRefusal, environment, readConfig } from './config.ts';
import type { MarketDataFile } from './market-data/market-data-file.ts';
import { systemWorld } from './market-data/system-world.ts';
import { idMaker } from './new-id.ts';
import { openRuns } from './runs/open-runs.ts';
import { systemClock } from './system-clock.ts';

/** Opens the record: the PostgreSQL server where one is set, else the data folder. */
export async function openStore(config: Config): Promise<SharedStore> {
  const { openEmbedded, openServer } = await import('@plimsoll/adapters/database');
  return config.databaseUrl === undefined
    ? openEmbedded(config.dataFolder, { clock: systemClock })
    : openServer(config.databaseUrl, { clock: systemClock });
}

/** Every bus that there is; read while a store is still opening. */
export const loadBuses = () => import('@plimsoll/adapters/buses');

/** The bus of the configured address, connected or not; within this process where none is configured. */
export async function openBus(
  { busUrl = '' }: Pick<Config, 'busUrl'>,
  onTrouble: NonNullable<BusWorld['onTrouble']>,
): Promise<Bus> {
  const { busAdapters } = await loadBuses();
  const buses = Object.values(busAdapters);
  const scheme = busUrl.split(':')[0] ?? '';
  const named = buses.find(({ schemes }) => schemes.includes(scheme));
  const definition = busUrl === '' ? busAdapters['in-process'] : named;
  if (definition === undefined) {
    const known = buses.flatMap(({ schemes }) => schemes).join(', ');
    throw new ConfigRefusal([`PLIMSOLL_BUS begins with none of ${known}.`]);
  }
  try {
    return await definition.open(busUrl, { clock: systemClock, random: Math.random, onTrouble });
  } catch (error) {
    if (!(error instanceof BusRefusal)) throw error;
    throw new ConfigRefusal([`PLIMSOLL_BUS: ${error.fault.detail}`]);
  }
}

/** Everything the use-cases are put together from; read while a store is still opening. */
export const loadParts = () =>
  Promise.all([
    import('@plimsoll/engine'),
    import('@plimsoll/adapters/registry'),
    import('@plimsoll/adapters/importer-kit'),
    import('@plimsoll/adapters/native-csv'),
    import('@plimsoll/adapters/simulated'),
    import('@plimsoll/adapters/etl'),
  ]);

/**
 * The use-cases on a store, with every adapter that there is, computing analyses where they are told.
 * Providers of market data are those that the settings in the data folder turn on; none without one.
 * Own strategies are looked for in the folder `beside`, where it is given, and in the data folder.
 */
export async function engineOn(
  store: StoreWithTicks,
  compute: Compute,
  dataFolder?: string,
  beside?: string,
): Promise<Engine> {
  const [
    { createEngine },
    registry,
    { decodeText, maxImportBytes },
    { exportNativeCsv },
    { demo },
    { etlReader },
  ] = await loadParts();
  const config = dataFolder === undefined ? null : { ...readConfig(environment()), dataFolder };
  const late = config === null ? undefined : openBars(store, barAdapters, config);
  const runs = config === null ? null : openRuns({ adapters: barAdapters, config, beside });
  const engine = createEngine({
    store,
    clock: systemClock,
    newId: idMaker(() => Date.parse(systemClock.now())),
    importers: Object.values(registry.importerAdapters),
    priceReaders: Object.values(registry.marketDataAdapters).flatMap((adapter) =>
      'file' in adapter && adapter.file ? [adapter.file] : [],
    ),
    decodeText,
    maxImportBytes,
    exportNativeCsv,
    demo,
    etl: etlReader,
    ticks: store.ticks,
    compute,
    ...(dataFolder === undefined
      ? {}
      : { marketData: await openMarketData(dataFolder), world: systemWorld }),
    ...late,
    ...(runs === null ? {} : { runs: runs.runs }),
  });
  const endJobs = async () => {
    await engine.endJobs();
    await runs?.close();
    await late?.bars.close();
    await late?.barReader.close();
  };
  return { ...engine, endJobs };
}

/** What keeps bars and their files. */
export const barAdapters: BarAdapters = {
  parquet: async () => (await import('@plimsoll/adapters/bars')).default,
  inference: {
    id: 'onnx',
    title: 'ONNX Runtime',
    open: async (bytes) => (await import('@plimsoll/adapters/onnx')).onnx.open(bytes),
  },
  folder: async (path) => (await import('@plimsoll/adapters/objects-folder')).default.open(path),
  bucket: async ({ url, ...keys }, cacheFolder) => {
    const { default: s3 } = await import('@plimsoll/adapters/objects-s3');
    const address = s3.parse(url);
    if (!address.ok) {
      const detail = `PLIMSOLL_OBJECTS cannot be used: ${address.fault.detail}`;
      throw new ObjectRefusal({ code: 'objects.unavailable', detail });
    }
    return s3.open({ ...address.value, ...keys, cacheFolder, clock: systemClock });
  },
};

/** The providers that the settings in a data folder turn on, which are read when one is asked for. */
export async function openMarketData(dataFolder: string): Promise<MarketDataFile> {
  const [{ marketDataAdapters }, { marketDataFile }] = await Promise.all([
    import('@plimsoll/adapters/registry'),
    import('./market-data/market-data-file.ts'),
  ]);
  return marketDataFile({
    dataFolder,
    registry: marketDataAdapters,
    env: environment(),
    world: systemWorld,
  });
}

/** Computes analyses in this thread. */
export const computeHere = computeWith(async () =>
  (await import('@plimsoll/adapters/highs')).highs.open(),
);

/** Reads the files of prices that a user brings. */
export async function loadPriceReaders() {
  const { marketDataAdapters } = await import('@plimsoll/adapters/registry');
  return Object.values(marketDataAdapters).flatMap((adapter) =>
    'file' in adapter && adapter.file ? [adapter.file] : [],
  );
}

/** Reads tables of prices and returns from files. */
export async function loadPanelReader() {
  const [{ decodeText, looksBinary }, { readPanel }] = await Promise.all([
    import('@plimsoll/adapters/importer-kit'),
    import('@plimsoll/adapters/panel-file'),
  ]);
  return { decodeText, looksBinary, readPanel };
}
