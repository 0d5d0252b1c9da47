import type { Clock, Store } from '@plimsoll/ports';
import { startEmbedded } from '../embedded/open-embedded.ts';
import { portDatabase } from '../embedded/port-database.ts';
import { migrate } from '../migrate.ts';
import { openServerDatabase } from '../server/open-server-database.ts';
import type { Database } from '../session.ts';
import { sqlStore } from '../sql-store.ts';

/** A store with the database beneath it laid open, as its superuser sees it. */
export interface RawDatabase {
  readonly store: Store;
  readonly database: Database;
}

/** The embedded database of a folder. */
export async function rawEmbedded(directory: string, clock: Clock): Promise<RawDatabase> {
  const engine = await startEmbedded(directory, clock);
  const port = engine.connect();
  return ready(portDatabase(port, engine.close), clock);
}

/** The database of a server. */
export const rawServer = (url: string, clock: Clock): Promise<RawDatabase> =>
  ready(openServerDatabase(url, {}), clock);

async function ready(database: Database, clock: Clock): Promise<RawDatabase> {
  await database.session((session) => migrate(session, clock));
  return { store: sqlStore(database, clock), database };
}
