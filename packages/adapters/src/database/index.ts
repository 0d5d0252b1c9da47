import type { MessagePort } from 'node:worker_threads';
import type { Clock, Store, TickStore } from '@plimsoll/ports';
import { openStoreIn, startEmbedded } from './embedded/open-embedded.ts';
import { portDatabase } from './embedded/port-database.ts';
import { tickStore } from './live/tick-store.ts';
import {
  openServerDatabase,
  prepareServer,
  type ServerOptions,
} from './server/open-server-database.ts';
import { sqlStore } from './sql-store.ts';

/** A way for another thread to the same store; goes with `postMessage(connection, transferOf(connection))`. */
export type StoreConnection =
  | { readonly kind: 'embedded'; readonly port: MessagePort }
  | { readonly kind: 'server'; readonly url: string };

/** A store that other threads can be let in to. */
export interface SharedStore extends Store {
  connect(): StoreConnection;
}

/** What every way of opening needs. */
export interface StoreOptions {
  readonly clock: Clock;
}

/**
 * Opens the embedded database in a data folder, made where there is none. The folder belongs to the
 * process until `close`. Throws a `StoreRefusal` where it is in use, unknown or not durable.
 */
export async function openEmbedded(
  directory: string,
  { clock }: StoreOptions,
): Promise<SharedStore> {
  const engine = await startEmbedded(directory, clock);
  const store = await openStoreIn(engine, directory, clock);
  return { ...store, connect: () => ({ kind: 'embedded', port: engine.connect() }) };
}

/**
 * Opens a PostgreSQL server, 15 or newer. Throws a `StoreRefusal` where it cannot be reached or its
 * settings would lose what it answered.
 */
export async function openServer(
  url: string,
  options: StoreOptions & ServerOptions,
): Promise<SharedStore> {
  await prepareServer(url, options);
  const store = sqlStore(openServerDatabase(url, options), options.clock);
  return { ...store, connect: () => ({ kind: 'server', url }) };
}

/** The store at the other end of a connection: the same record, seen from a worker thread. */
export function connectStore(connection: StoreConnection, { clock }: StoreOptions): Store {
  if (connection.kind === 'server') return sqlStore(openServerDatabase(connection.url, {}), clock);
  return sqlStore(
    portDatabase(connection.port, async () => undefined),
    clock,
  );
}

/** The ticks and bars of the last days, in the database at the other end of a connection. */
export const connectTicks = (connection: StoreConnection): TickStore =>
  tickStore(
    connection.kind === 'server'
      ? openServerDatabase(connection.url, { connections: 3 })
      : portDatabase(connection.port, async () => undefined),
  );

/** What must be transferred, not copied, along with a connection. */
export const transferOf = (connection: StoreConnection): MessagePort[] =>
  connection.kind === 'embedded' ? [connection.port] : [];
