import type pg from 'pg';
import type { Turns } from './turns.ts';

/** Log written since the last checkpoint that makes the next one due. */
const checkpointBytes = 64 * 1024 * 1024;
/** Sessions between two looks at how much log there is. */
const sessionsPerLook = 50;

/** Told of each session's end. */
export interface SpareLog {
  sessionEnded(): void;
}

/**
 * Keeps the write-ahead log short. The embedded engine has no process that checkpoints by itself:
 * its log would grow until it is closed, and be replayed whole after a crash.
 */
export function spareLog(client: pg.Client, session: Turns, dueBytes = checkpointBytes): SpareLog {
  let ended = 0;
  let since = '0/0';
  const look = async (): Promise<void> => {
    const done = await session.take();
    try {
      const { rows } = await client.query<{ due: boolean; now: string }>(
        `SELECT pg_current_wal_lsn() - $1::pg_lsn > ${dueBytes} AS due, pg_current_wal_lsn() AS now`,
        [since],
      );
      const [row] = rows;
      if (row?.due !== true) return;
      if (since !== '0/0') await client.query('CHECKPOINT');
      since = row.now;
    } finally {
      done();
    }
  };
  return {
    sessionEnded: () => {
      ended++;
      if (ended % sessionsPerLook === 0) void look();
    },
  };
}
