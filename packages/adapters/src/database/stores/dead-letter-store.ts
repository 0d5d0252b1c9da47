import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { DeadLetterStore } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** Events that a consumer could not act on, in SQL. */
export function deadLetterStore(unit: WorkspaceSession): DeadLetterStore {
  const { session, workspaceId, clock } = unit;
  return {
    add: async ({ consumer, eventId, topic, payload, attempts, reason }) => {
      await session.query(
        `INSERT INTO dead_letter
           (workspace_id, consumer, event_id, topic, payload, attempts, reason, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [
          ...[workspaceId, consumer, eventId, topic, canonicalJson(payload)],
          // PostgreSQL takes no NUL in a text.
          ...[attempts, reason.replaceAll('\0', ' ').slice(0, 1000), clock.now()],
        ],
      );
    },
    list: async (waiting, limit) => {
      const rows = await session.query(
        `SELECT position::bigint, consumer, event_id, topic, payload, attempts, reason,
           ${instant('recorded_at')}, ${instant('replayed_at')}
         FROM dead_letter WHERE workspace_id = $1 AND (replayed_at IS NULL OR NOT $2)
         ORDER BY position DESC LIMIT $3`,
        [workspaceId, waiting, limit],
      );
      return rows.map((row) => ({
        position: integer(row[0]),
        consumer: text(row[1]),
        eventId: text(row[2]),
        topic: text(row[3]),
        payload: JSON.parse(text(row[4])) as Json,
        attempts: integer(row[5]),
        reason: text(row[6]),
        recordedAt: text(row[7]),
        replayedAt: textOrNull(row[8]),
      }));
    },
    replay: async (position) => {
      const sent = await session.query(
        `UPDATE outbox o SET published_at = NULL, settled_at = NULL
         FROM dead_letter d
         WHERE d.workspace_id = $1 AND d.position = $2 AND d.replayed_at IS NULL
           AND o.workspace_id = $1 AND o.id = d.event_id
         RETURNING o.id`,
        [workspaceId, position],
      );
      if (sent.length === 0) return false;
      await session.query(
        'UPDATE dead_letter SET replayed_at = $3 WHERE workspace_id = $1 AND position = $2',
        [workspaceId, position, clock.now()],
      );
      return true;
    },
  };
}
