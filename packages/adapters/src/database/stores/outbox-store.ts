import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { OutboxStore, PendingEvent } from '@plimsoll/ports';
import { integer, text } from '../cells.ts';
import type { Row, SqlValue } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

const columns = `id, type, payload, ${instant('recorded_at')}, publications, position::bigint`;

/** Events that leave after the commit that caused them, in SQL. */
export function outboxStore(unit: WorkspaceSession): OutboxStore {
  const { session, workspaceId, clock } = unit;
  const events = async (where: string, values: readonly SqlValue[]): Promise<PendingEvent[]> => {
    const rows = await session.query(`SELECT ${columns} FROM outbox WHERE ${where}`, [
      workspaceId,
      ...values,
    ]);
    return rows.map((row) => eventOf(workspaceId, row));
  };
  return {
    add: async (added) => {
      for (const { id, type, payload } of added) {
        await session.query(
          `INSERT INTO outbox (workspace_id, id, type, payload, recorded_at)
           VALUES ($1, $2, $3, $4, $5)`,
          [workspaceId, id, type, canonicalJson(payload), clock.now()],
        );
      }
    },
    pending: (limit) =>
      events(
        'workspace_id = $1 AND settled_at IS NULL AND published_at IS NULL ORDER BY position LIMIT $2',
        [limit],
      ),
    markPublished: async (ids) => {
      await session.query(
        `UPDATE outbox SET published_at = $3, publications = publications + 1
         WHERE workspace_id = $1 AND id = ANY($2::text[])`,
        [workspaceId, ids, clock.now()],
      );
    },
    settle: async (consumers) => {
      const required = consumers.flatMap(({ consumer, topics }) =>
        topics.map((topic) => ({ consumer, topic })),
      );
      await session.query(
        `UPDATE outbox o SET settled_at = $4
         WHERE o.workspace_id = $1 AND o.settled_at IS NULL AND o.published_at IS NOT NULL
           AND NOT EXISTS (
             SELECT FROM unnest($2::text[], $3::text[]) AS required (consumer, topic)
             WHERE required.topic = o.type
               AND NOT EXISTS (
                 SELECT FROM inbox i WHERE i.workspace_id = $1
                   AND i.consumer = required.consumer AND i.event_id = o.id)
               AND NOT EXISTS (
                 SELECT FROM dead_letter d WHERE d.workspace_id = $1 AND d.replayed_at IS NULL
                   AND d.consumer = required.consumer AND d.event_id = o.id))`,
        [
          workspaceId,
          required.map(({ consumer }) => consumer),
          required.map(({ topic }) => topic),
          clock.now(),
        ],
      );
    },
    unsettled: ({ afterMs, atMostMs }, after, limit) =>
      events(
        `workspace_id = $1 AND settled_at IS NULL AND published_at IS NOT NULL
           AND published_at <= $2::timestamptz - make_interval(
             secs => LEAST($4::float8, $3::float8 * power(2, LEAST(publications, 40) - 1)) / 1000)
           AND position > $5
         ORDER BY position LIMIT $6`,
        [clock.now(), afterMs, atMostMs, after, limit],
      ),
  };
}

const eventOf = (workspaceId: string, row: Row): PendingEvent => ({
  id: text(row[0]),
  type: text(row[1]),
  payload: JSON.parse(text(row[2])) as Json,
  workspaceId,
  recordedAt: text(row[3]),
  publications: integer(row[4]),
  position: integer(row[5]),
});
