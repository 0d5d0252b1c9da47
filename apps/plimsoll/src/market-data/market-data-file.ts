import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { MarketDataProvider, ProviderWorld } from '@plimsoll/ports';
import type { Environment } from '../config.ts';
import { type OpenProviders, openProviders } from './open-providers.ts';
import { readMarketDataSettings } from './read-settings.ts';
import {
  type AnyDefinition,
  type MarketDataRegistry,
  type ReadSettings,
  settingsFileName,
} from './settings.ts';

export interface MarketDataFileOptions {
  readonly dataFolder: string;
  readonly registry: MarketDataRegistry;
  readonly env: Environment;
  readonly world: ProviderWorld;
}

/** The providers of a data folder, and what its settings file says. */
export interface MarketDataFile extends OpenProviders {
  /** Every source that the file may name. */
  readonly registry: MarketDataRegistry;
  /** The settings as they hold now, with what is wrong in the file. */
  read(): ReadSettings;
}

/** So long after a look at the file it is not looked at again. */
const restMs = 1000;

/**
 * The providers of `<data folder>/market-data.yaml`, read again when it has changed. A provider whose
 * settings stay the same stays open: it keeps what it knows of its limits and its health.
 */
export function marketDataFile(options: MarketDataFileOptions): MarketDataFile {
  const { dataFolder, env, world } = options;
  const registry = keepingOpen(options.registry);
  const path = join(dataFolder, settingsFileName);
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stamp: string | undefined;
  let read: ReadSettings | undefined;
  let sources: OpenProviders | undefined;
  const current = () => {
    const now = world.nowMs();
    const isRecent = now >= lookedAt && now - lookedAt < restMs;
    if (read && sources && isRecent) return { read, sources };
    lookedAt = now;
    const found = stampOf(path);
    if (!read || !sources || found !== stamp) {
      stamp = found;
      read = readMarketDataSettings(path, registry, env);
      sources = openProviders(read.settings, registry, world);
    }
    return { read, sources };
  };
  return {
    registry: options.registry,
    provider: (id) => current().sources.provider(id),
    list: () => current().sources.list(),
    for: (kind, need) => current().sources.for(kind, need),
    health: () => current().sources.health(),
    read: () => current().read,
  };
}

/** The same sources, of which each is made once for the same settings. */
function keepingOpen(registry: MarketDataRegistry): MarketDataRegistry {
  const keeping = Object.entries(registry).map(([id, definition]) => {
    let open: { readonly settings: string; readonly provider: MarketDataProvider } | undefined;
    const create: AnyDefinition['create'] = (config, world) => {
      const settings = JSON.stringify(config ?? null);
      if (open?.settings !== settings)
        open = { settings, provider: definition.create(config, world) };
      return open.provider;
    };
    return [id, { ...definition, create }];
  });
  return Object.fromEntries(keeping);
}

/** Changes whenever the file does; empty where there is none. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}
