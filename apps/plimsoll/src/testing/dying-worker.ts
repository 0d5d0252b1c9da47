import { parentPort } from 'node:worker_threads';
import type { Engine } from '@plimsoll/engine';
import { present } from '@plimsoll/kernel';
import { StoreRefusal } from '@plimsoll/ports';
import { serveEngine } from '../remote/serve-engine.ts';

/** A thread that dies, throws and refuses when it is asked to: what a real one does when something is broken. */
const engine: Pick<Engine, 'formats' | 'verify' | 'accounts' | 'removeDemo' | 'imports'> = {
  formats: async () => [{ id: 'alive', title: 'Alive' }],
  verify: () => process.exit(1),
  accounts: () =>
    Promise.reject(new StoreRefusal({ code: 'store.unavailable', detail: 'The disk is gone.' })),
  removeDemo: () => Promise.reject(new TypeError('a bug')),
  imports: () => new Promise(() => undefined),
};
const port = present(parentPort, 'the port to the main thread');
await serveEngine(port, engine as Engine);
port.close();
