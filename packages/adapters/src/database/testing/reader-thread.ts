/** A thread that reads the record through the connection it is given, as compute workers do. */
import { parentPort, workerData } from 'node:worker_threads';
import { connectStore, type StoreConnection } from '../index.ts';
import { systemClock } from './system-clock.ts';

const { connection, workspace, hang } = workerData as {
  readonly connection: StoreConnection;
  readonly workspace: string;
  readonly hang: boolean;
};
const store = connectStore(connection, { clock: systemClock });
await store.read(workspace, async ({ ledger }) => {
  const entries = await ledger.since(0, 5000);
  parentPort?.postMessage(entries.map(({ seq }) => seq));
  if (hang) await new Promise<never>(() => undefined);
});
await store.close();
