import { join } from 'node:path';
import type { RunParts } from '@plimsoll/engine';
import type { ColumnFiles, ObjectStore } from '@plimsoll/ports';
import { type BarAdapters, openObjects } from '../bars/open-bars.ts';
import type { Config } from '../config.ts';
import { codeVersion } from './code-version.ts';
import { cardOf, pagesOf } from './run-pages.ts';

/** What carries out runs, opened when it is first asked for, and how to let go of it. */
export interface LateRuns {
  readonly runs: RunParts;
  close(): Promise<void>;
}

export interface OpenRunsOptions {
  readonly adapters: BarAdapters;
  readonly config: Pick<Config, 'dataFolder' | 'objects'>;
  /** A folder of own strategies that is looked in before that of the data folder. */
  readonly beside?: string | undefined;
}

/** Where the user's own strategies are. */
export const strategiesFolder = (dataFolder: string): string => join(dataFolder, 'strategies');

/** What carries out runs: threads, the user's own strategies in processes, and files of what came of it. */
export function openRuns({ adapters, config, beside }: OpenRunsOptions): LateRuns {
  const folder = strategiesFolder(config.dataFolder);
  const compute = late(async () => {
    const { openRunCompute } = await import('./compute-run.ts');
    return openRunCompute({ folders: [...(beside === undefined ? [] : [beside]), folder] });
  });
  const strategies = late(async () => {
    const { strategyCatalogue } = await import('./strategy-catalogue.ts');
    const builtIn = async () => (await import('@plimsoll/analytics/strategies')).strategies;
    return strategyCatalogue({ builtIn, folder, ...(beside === undefined ? {} : { beside }) });
  });
  const objects = late(() => openObjects(adapters, config));
  const files = late(async () => (await adapters.parquet()).openColumnFiles());
  return {
    runs: {
      compute: async (...args) => (await compute.open()).compute(...args),
      strategies: {
        list: async () => (await strategies.open()).list(),
        resolve: async (named) => (await strategies.open()).resolve(named),
        readParams: async (...args) => (await strategies.open()).readParams(...args),
      },
      objects: lateObjects(objects.open),
      files: lateFiles(files),
      page: pagesOf,
      card: cardOf,
      inference: adapters.inference,
      codeVersion,
    },
    close: async () => {
      const opened = [compute.opened(), files.opened()];
      for (const one of opened) await (await one)?.close();
    },
  };
}

interface Late<T> {
  readonly open: () => Promise<T>;
  readonly opened: () => Promise<T> | undefined;
}

/** Opened once, when it is first asked for; what could not be opened is tried again. */
function late<T>(open: () => Promise<T>): Late<T> {
  let opened: Promise<T> | undefined;
  return {
    open: () => {
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    opened: () => opened,
  };
}

const lateObjects = (open: () => Promise<ObjectStore>): ObjectStore => ({
  id: 'late',
  put: async (...args) => (await open()).put(...args),
  get: async (name) => (await open()).get(name),
  list: async (prefix) => (await open()).list(prefix),
  remove: async (name) => (await open()).remove(name),
  localPath: async (...args) => (await open()).localPath(...args),
});

const lateFiles = ({ open, opened }: Late<ColumnFiles>): ColumnFiles => ({
  parquet: async (columns) => (await open()).parquet(columns),
  close: async () => (await opened())?.close(),
});
