import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { connectStore } from '@plimsoll/adapters/database';
import { invariant, present } from '@plimsoll/kernel';
import { openComputePool } from './analyses/compute-pool.ts';
import { engineOn, loadParts } from './compose.ts';
import type { Order } from './remote/protocol.ts';
import { serveEngine } from './remote/serve-engine.ts';
import { systemClock } from './system-clock.ts';

const port = present(parentPort, 'the port to the main thread');
const [[first]] = await Promise.all([once(port, 'message'), loadParts()]);
const order = first as Order;
invariant(order.kind === 'connect', 'the way to the store comes first');
const store = connectStore(order.connection, { clock: systemClock });
const pool = openComputePool();
await serveEngine(port, await engineOn(store, pool.compute));
await Promise.all([store.close(), pool.close()]);
port.close();
