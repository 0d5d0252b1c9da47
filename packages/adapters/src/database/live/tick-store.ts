import type { TickStore } from '@plimsoll/ports';
import { text } from '../cells.ts';
import type { Database, Session } from '../session.ts';
import { inTransaction } from '../transaction.ts';
import { cutTicks } from './tick-blocks.ts';
import { tickReads } from './tick-reads.ts';
import { addTicks, putBars } from './tick-writes.ts';

/** Ticks and the bars rolled up from them, in SQL: column blocks in partitions or hypertables. */
export function tickStore(database: Database): TickStore {
  let hypertables: Promise<string | null> | undefined;
  const transaction = <T>(access: 'read' | 'write', work: (session: Session) => Promise<T>) =>
    database.session((session) =>
      inTransaction(
        session,
        {
          role: 'plimsoll_app',
          workspaceId: null,
          access,
          statementTimeoutMs: database.statementTimeoutMs,
        },
        () => work(session),
      ),
    );
  const timescale = (): Promise<string | null> => {
    hypertables ??= transaction('read', timescaleVersion);
    return hypertables;
  };
  return {
    describe: async () => {
      const version = await timescale();
      return version === null
        ? { kind: 'partitions', version: database.engine }
        : { kind: 'hypertables', version: `timescaledb ${version}` };
    },
    prepare: async (first, last) => {
      await transaction('write', (session) =>
        session.query('SELECT plimsoll_live.prepare($1::date, $2::date)', [first, last]),
      );
    },
    flush: async (batch, ticks, bars) => {
      const derived = (await timescale()) !== null;
      await transaction('write', async (session) => {
        if (ticks.of.length > 0) await addTicks(session, batch, cutTicks(ticks));
        for (const some of bars) {
          if (some.of.length > 0 && !(derived && some.timeframe === '5m'))
            await putBars(session, some);
        }
      });
    },
    ...tickReads((work) => transaction('read', work)),
    drop: async (before) => {
      await transaction('write', (session) =>
        session.query('SELECT plimsoll_live.drop_before($1::date)', [before]),
      );
    },
    close: () => database.close(),
  };
}

/** The extension's version where the tables are hypertables. */
async function timescaleVersion(session: Session): Promise<string | null> {
  const [row] = await session.query(
    `SELECT (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb')
     FROM pg_class WHERE oid = 'plimsoll_live.bar_5m'::regclass AND relkind = 'v'`,
  );
  return row === undefined ? null : text(row[0]);
}
