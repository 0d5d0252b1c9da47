import { join } from 'node:path';
import { type BarFileReader, type BarStore, ObjectRefusal, type Store } from '@plimsoll/ports';
import type { Config } from '../config.ts';
import { idMaker } from '../new-id.ts';
import { systemClock } from '../system-clock.ts';

/** Bars that are opened when they are first asked for: until then nothing of theirs is even read. */
export interface LateBars {
  readonly bars: BarStore;
  readonly barReader: BarFileReader;
}

/** Bars of a record, their files in the data folder or in the bucket that is configured. */
export function openBars(
  store: Store,
  { dataFolder, objects }: Pick<Config, 'dataFolder' | 'objects'>,
): LateBars {
  let opened: Promise<LateBars> | undefined;
  const late = (): Promise<LateBars> => {
    opened ??= openNow(store, dataFolder, objects);
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

async function openNow(
  store: Store,
  dataFolder: string,
  objects: Config['objects'],
): Promise<LateBars> {
  const { default: parquet } = await import('@plimsoll/adapters/bars');
  const newId = idMaker(() => Date.parse(systemClock.now()));
  const files = await openObjects(dataFolder, objects);
  return {
    bars: parquet.open({ store, objects: files, clock: systemClock, newId }),
    barReader: parquet.openReader(),
  };
}

async function openObjects(dataFolder: string, objects: Config['objects']) {
  if (objects === undefined) {
    const { default: folder } = await import('@plimsoll/adapters/objects-folder');
    return folder.open(join(dataFolder, 'objects'));
  }
  const { default: s3 } = await import('@plimsoll/adapters/objects-s3');
  const address = s3.parse(objects.url);
  if (!address.ok) {
    throw new ObjectRefusal({
      code: 'objects.unavailable',
      detail: `PLIMSOLL_OBJECTS cannot be used: ${address.fault.detail}`,
    });
  }
  const cacheFolder = join(dataFolder, 'objects-cache');
  return s3.open({ ...address.value, ...objects, cacheFolder, clock: systemClock });
}
