/** The thread that the embedded database runs in. Entered by `openEmbedded` only. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { present } from '@plimsoll/kernel';
import { StoreRefusal } from '@plimsoll/ports';
import { dataFolder, markDoubt, refuseFullDisk, refuseNetworkFolder } from './data-folder.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import type { EngineNews, EngineOrder, EngineStart } from './protocol.ts';
import { servePort } from './serve-port.ts';
import { spareLog } from './spare-log.ts';
import { turns } from './turns.ts';

const starter = present(parentPort, 'The thread that starts the engine');
const tell = (news: EngineNews): void => starter.postMessage(news);

async function run({ directory, startedAt }: EngineStart): Promise<void> {
  const folder = dataFolder(directory);
  refuseNetworkFolder(directory);
  refuseFullDisk(folder);
  const lock = lockFolder(directory, startedAt);
  // Loaded only under the lock: a second opener is refused before it has read the engine.
  const { startEngine } = await import('./engine.ts');
  const fail = (reason: string): void => {
    writeSync(2, `The database cannot go on (${reason}). Plimsoll stops here.\n`);
    try {
      markDoubt(folder);
    } finally {
      tell({ kind: 'failed' });
    }
  };
  const engine = await startEngine(folder, fail).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const session = turns();
  const { client } = engine;
  const shared = { client, session, log: spareLog(client, session), stop: fail };
  starter.on('message', (order: EngineOrder) => {
    if (order.kind === 'connect') servePort(order.port, shared);
    else void stop(engine.close, session.take, lock);
  });
  tell({ kind: 'ready' });
}

async function stop(
  close: () => Promise<void>,
  take: () => Promise<() => void>,
  lock: FolderLock,
): Promise<void> {
  await take();
  await close();
  lock.release();
  tell({ kind: 'closed' });
  starter.close();
}

try {
  await run(workerData as EngineStart);
} catch (error) {
  if (!(error instanceof StoreRefusal)) throw error;
  tell({ kind: 'refused', fault: error.fault });
  starter.close();
}
