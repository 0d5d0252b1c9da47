import { parentPort, workerData } from 'node:worker_threads';
import { connectStore, type StoreConnection } from '@plimsoll/adapters/database';
import { present } from '@plimsoll/kernel';
import { engineOn } from './compose.ts';
import { serveEngine } from './remote/serve-engine.ts';
import { systemClock } from './system-clock.ts';

const port = present(parentPort, 'the port to the main thread');
const store = connectStore(workerData as StoreConnection, { clock: systemClock });
await serveEngine(port, await engineOn(store));
await store.close();
port.close();
