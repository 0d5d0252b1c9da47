import type { Clock } from '@plimsoll/ports';
import { StoreRefusal } from '@plimsoll/ports';
import pg from 'pg';
import { integer, text } from '../cells.ts';
import { adoptTimescale } from '../live/adopt-timescale.ts';
import { migrate } from '../migrate.ts';
import { columnTypes } from '../pg-types.ts';
import { runScript, sqlState, statementNames } from '../run-statement.ts';
import { type Database, type Row, type Session, SqlError } from '../session.ts';

/** How a server is used. */
export interface ServerOptions {
  /** As whom the schema is brought up to date, where not as the user of the main address. */
  readonly ownerUrl?: string;
  /** Connections at most; 10 if not given. */
  readonly connections?: number;
  /** How long one statement may run; a minute if not given. */
  readonly statementTimeoutMs?: number;
}

const connectTimeoutMs = 10_000;
const oldestVersion = 150_000;

/** A pool of connections to a server. */
export function openServerDatabase(url: string, options: ServerOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    types: columnTypes,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'plimsoll',
  });
  // A connection that breaks is replaced, and whoever uses it hears by the statement at hand.
  // Unheard, these events would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const sessions = new WeakMap<pg.PoolClient, Session>();
  return {
    engine: 'postgresql',
    // Opening refuses a server whose settings say otherwise.
    durable: true,
    statementTimeoutMs: options.statementTimeoutMs ?? 60_000,
    contended: true,
    session: async (work) => {
      const client = await connected(pool);
      const session = sessions.get(client) ?? clientSession(client);
      sessions.set(client, session);
      let broken = true;
      try {
        const result = await work(session);
        broken = false;
        return result;
      } catch (error) {
        broken = !(error instanceof SqlError) && isConnectionError(error);
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw unreachable(error);
  }
}

const isConnectionError = (error: unknown): boolean =>
  error instanceof StoreRefusal && error.fault.code === 'store.unavailable';

const unreachable = (cause: unknown): StoreRefusal => {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StoreRefusal(
    {
      code: 'store.unavailable',
      detail: `The PostgreSQL server cannot be reached: ${reason}. Check that it runs and that DATABASE_URL names it.`,
    },
    { cause },
  );
};

/** A client as a session; its own errors told apart from PostgreSQL's refusals. */
function clientSession(client: pg.PoolClient): Session {
  const names = statementNames();
  const told = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      const code = sqlState(error);
      if (code !== null && error instanceof Error) throw new SqlError(error.message, code);
      throw unreachable(error);
    }
  };
  return {
    query: (statement, values = []) =>
      told(async () => {
        const { rows } = await client.query<Row[]>({
          ...names.of(statement),
          values: values.map(parameter),
          rowMode: 'array',
        } as pg.QueryArrayConfig);
        return rows as unknown as readonly Row[];
      }),
    script: (sql) => told(() => runScript(client, sql)),
  };
}

/** `pg` sends a Buffer as bytes and any other view as text. */
const parameter = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;

/** Checks that the server keeps what it answers, and brings its schema up to date. */
export async function prepareServer(
  url: string,
  options: ServerOptions & { readonly clock: Clock },
): Promise<void> {
  const owner = openServerDatabase(options.ownerUrl ?? url, { connections: 1 });
  try {
    await owner.session(async (session) => {
      await requireSafeSettings(session);
      await migrate(session, options.clock);
      await adoptTimescale(session);
    });
  } finally {
    await owner.close();
  }
}

const needed = ['fsync', 'synchronous_commit', 'full_page_writes'];

async function requireSafeSettings(session: Session): Promise<void> {
  const [version] = await session.query("SELECT current_setting('server_version_num')::int");
  if (integer(version?.[0]) < oldestVersion) {
    throw unsafe(`It is version ${integer(version?.[0])}; Plimsoll needs PostgreSQL 15 or newer.`);
  }
  const [encoding] = await session.query('SHOW server_encoding');
  if (text(encoding?.[0]) !== 'UTF8') {
    throw unsafe(
      `The database is encoded in ${text(encoding?.[0])}; make one with ENCODING 'UTF8'.`,
    );
  }
  const rows = await session.query(
    `SELECT name, setting FROM pg_settings WHERE name = ANY($1::text[]) AND setting = 'off'`,
    [needed],
  );
  if (rows.length === 0) return;
  const off = rows.map((row) => text(row[0])).join(', ');
  throw unsafe(`It has ${off} off, so that a power cut would lose what was recorded. Turn it on.`);
}

const unsafe = (what: string): StoreRefusal =>
  new StoreRefusal({
    code: 'store.unsafe-settings',
    detail: `The PostgreSQL server of DATABASE_URL is not fit for a record of money. ${what}`,
  });
