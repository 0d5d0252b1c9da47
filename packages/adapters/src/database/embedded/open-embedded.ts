import { resolve } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { InvariantError } from '@plimsoll/kernel';
import type { Clock, Store } from '@plimsoll/ports';
import { StoreRefusal } from '@plimsoll/ports';
import { migrate } from '../migrate.ts';
import { sqlStore } from '../sql-store.ts';
import { clearDoubt, dataFolder, inDoubt } from './data-folder.ts';
import { portDatabase } from './port-database.ts';
import type { EngineNews, EngineOrder, EngineStart } from './protocol.ts';

/** Exit status after the disk or the engine failed, `EX_SOFTWARE` of sysexits.h. */
const failedStatus = 70;

/** The embedded engine in its thread. */
export interface RunningEngine {
  /** A new way in, for this thread or, transferred, for another. */
  connect(): MessagePort;
  close(): Promise<void>;
}

/** Starts the engine on a folder; refuses one that is in use, unknown or not durable. */
export async function startEmbedded(directory: string, clock: Clock): Promise<RunningEngine> {
  const start: EngineStart = { directory: resolve(directory), startedAt: clock.now() };
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { workerData: start });
  await readiness(worker);
  let closing: Promise<void> | undefined;
  const order = (message: EngineOrder, transfer: MessagePort[] = []): void =>
    worker.postMessage(message, transfer);
  return {
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      order({ kind: 'connect', port: port2 }, [port2]);
      return port1;
    },
    close: () => {
      closing ??= ended(worker, () => order({ kind: 'close' }));
      return closing;
    },
  };
}

function readiness(worker: Worker): Promise<void> {
  const { promise, resolve: succeed, reject } = Promise.withResolvers<void>();
  let ready = false;
  worker.on('message', (news: EngineNews) => {
    if (news.kind === 'failed') process.exit(failedStatus);
    if (news.kind === 'refused') reject(new StoreRefusal(news.fault));
    if (news.kind !== 'ready') return;
    ready = true;
    succeed();
  });
  worker.once('error', (error) => {
    // An engine that breaks while in use is a bug: let it be seen, not only felt by those who wait.
    if (ready) throw error;
    reject(error);
  });
  worker.once('exit', (status) => {
    reject(new InvariantError(`The embedded database ended with status ${status}`));
  });
  return promise;
}

async function ended(worker: Worker, ask: () => void): Promise<void> {
  const exit = new Promise<void>((done) => worker.once('exit', () => done()));
  ask();
  await exit;
}

/** The store in a data folder, its schema brought up to date. */
export async function openStoreIn(
  engine: RunningEngine,
  directory: string,
  clock: Clock,
): Promise<Store> {
  const port = engine.connect();
  const database = portDatabase(port, engine.close);
  try {
    await database.session((session) => migrate(session, clock));
    const store = sqlStore(database, clock);
    await settleDoubt(store, directory);
    return store;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** After a failed write the record is checked whole before anything is added to it. */
async function settleDoubt(store: Store, directory: string): Promise<void> {
  const folder = dataFolder(directory);
  if (!inDoubt(folder)) return;
  const { findings } = await store.verify();
  const [first] = findings;
  if (first === undefined) return clearDoubt(folder);
  throw new StoreRefusal({
    code: 'store.needs-check',
    detail: `A write to disk failed before, and the record in ${directory} does not pass its check (${findings.length} findings; first, ${first.check}: ${first.detail}). Restore the folder from a backup.`,
  });
}
