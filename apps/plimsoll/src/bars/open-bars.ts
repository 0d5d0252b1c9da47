import { join } from 'node:path';
import type {
  BarFileReader,
  BarStore,
  Clock,
  ColumnFiles,
  Inference,
  ObjectStore,
  Store,
} from '@plimsoll/ports';
import type { Config } from '../config.ts';
import { idMaker } from '../new-id.ts';
import { systemClock } from '../system-clock.ts';

/** Bars that are opened when they are first asked for: until then nothing of theirs is even read. */
export interface LateBars {
  readonly bars: BarStore;
  readonly barReader: BarFileReader;
}

/** What keeps bars and files, loaded when it is first needed. */
export interface BarAdapters {
  readonly parquet: () => Promise<{
    open(options: {
      readonly store: Store;
      readonly objects: ObjectStore;
      readonly clock: Clock;
      readonly newId: () => string;
    }): BarStore;
    openReader(): BarFileReader;
    openColumnFiles(): ColumnFiles;
  }>;
  readonly folder: (path: string) => Promise<ObjectStore>;
  readonly bucket: (
    objects: NonNullable<Config['objects']>,
    cacheFolder: string,
  ) => Promise<ObjectStore>;
  /** Runs models that learnt elsewhere. */
  readonly inference: Inference;
}

/** Bars of a record, their files in the data folder or in the bucket that is configured. */
export function openBars(
  store: Store,
  adapters: BarAdapters,
  config: Pick<Config, 'dataFolder' | 'objects'>,
): LateBars {
  let opened: Promise<LateBars> | undefined;
  const late = (): Promise<LateBars> => {
    // What could not be opened is tried again when it is asked for again.
    opened ??= openNow(store, adapters, config).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    bars: {
      write: async (...args) => (await late()).bars.write(...args),
      read: async (...args) => (await late()).bars.read(...args),
      matrix: async (...args) => (await late()).bars.matrix(...args),
      coverage: async (...args) => (await late()).bars.coverage(...args),
      compact: async (...args) => (await late()).bars.compact(...args),
      verify: async (...args) => (await late()).bars.verify(...args),
      close: async () => opened && (await opened).bars.close(),
    },
    barReader: {
      read: async (...args) => (await late()).barReader.read(...args),
      close: async () => opened && (await opened).barReader.close(),
    },
  };
}

/** Where files are kept: in the data folder, or in the bucket that is configured. */
export const openObjects = (
  { folder, bucket }: Pick<BarAdapters, 'folder' | 'bucket'>,
  { dataFolder, objects }: Pick<Config, 'dataFolder' | 'objects'>,
): Promise<ObjectStore> =>
  objects === undefined
    ? folder(join(dataFolder, 'objects'))
    : bucket(objects, join(dataFolder, 'objects-cache'));

async function openNow(
  store: Store,
  adapters: BarAdapters,
  config: Pick<Config, 'dataFolder' | 'objects'>,
): Promise<LateBars> {
  const [definition, files] = await Promise.all([
    adapters.parquet(),
    openObjects(adapters, config),
  ]);
  const newId = idMaker(() => Date.parse(systemClock.now()));
  return {
    bars: definition.open({ store, objects: files, clock: systemClock, newId }),
    barReader: definition.openReader(),
  };
}
