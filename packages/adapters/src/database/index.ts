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
export interface SharedStore extends StoreWithTicks {
  connect(): StoreConnection;
}

/** A store beside which ticks are kept. */
export interface StoreWithTicks extends Store {
  /** Ticks and bars of the last days; closed with the store. */
  ticks(): TickStore;
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
  const connect = (): StoreConnection => ({ kind: 'embedded', port: engine.connect() });
  return { ...store, connect, ticks: once(() => connectTicks(connect())) };
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
  const database = openServerDatabase(url, options);
  return {
    ...sqlStore(database, options.clock),
    connect: () => ({ kind: 'server', url }),
    ticks: once(() => tickStore(database)),
  };
}

/** The store at the other end of a connection: the same record, seen from a worker thread. */
export function connectStore(connection: StoreConnection, { clock }: StoreOptions): StoreWithTicks {
  const database =
    connection.kind === 'server'
      ? openServerDatabase(connection.url, {})
      : portDatabase(connection.port, async () => undefined);
  return { ...sqlStore(database, clock), ticks: once(() => tickStore(database)) };
}

/** What is made when it is first asked for, and then kept. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
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
