import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '@plimsoll/engine';
import { StoreRefusal } from '@plimsoll/ports';
import { computeHere, engineOn, loadParts, openStore } from '../compose.ts';
import { type Config, environment, inFolder, readConfig } from '../config.ts';
import { ensureMainWorkspace } from '../ensure-main-workspace.ts';
import { serverOf } from '../server-file.ts';

/** The use-cases as the command line reaches them, and how to let go of them. */
export interface Session {
  readonly engine: Engine;
  readonly close: () => Promise<void>;
}

/** Opens what `--server` and `--data` name; `strategies` is a folder of own ones to look in first. */
export type OpenSession = (
  server: string | undefined,
  dataFolder: string | undefined,
  strategies?: string,
) => Promise<Session>;

/** How long another command may hold the data folder before we give up. */
const patienceMs = 10_000;
const betweenTriesMs = 150;

/**
 * On the server that is named; else on the data folder; else, where a server has that folder, through
 * the server. A folder that another command is busy with is waited for.
 */
export async function openSession(
  server: string | undefined,
  dataFolder: string | undefined,
  strategies?: string,
): Promise<Session> {
  if (server !== undefined) return overHttp(server);
  const config = readConfig(environment(), inFolder(dataFolder));
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const running = config.databaseUrl === undefined ? serverOf(config.dataFolder) : undefined;
    if (running !== undefined) return overHttp(running);
    try {
      return await inProcess(config, strategies);
    } catch (error) {
      const locked = error instanceof StoreRefusal && error.fault.code === 'store.locked';
      if (!locked || performance.now() > giveUpAt) throw error;
      await pause(betweenTriesMs);
    }
  }
}

async function overHttp(server: string): Promise<Session> {
  const { httpEngine } = await import('./http-engine.ts');
  return { engine: httpEngine(server.replace(/\/+$/, '')), close: async () => undefined };
}

async function inProcess(config: Config, strategies: string | undefined): Promise<Session> {
  const [store] = await Promise.all([openStore(config), loadParts()]);
  try {
    const engine = await engineOn(store, computeHere, config.dataFolder, strategies);
    await ensureMainWorkspace(engine);
    const close = async () => {
      await engine.endJobs();
      await store.close();
    };
    return { engine, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
