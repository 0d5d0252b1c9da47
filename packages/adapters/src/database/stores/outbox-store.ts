import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { OutboxStore } from '@plimsoll/ports';
import { text } from '../cells.ts';
import type { WorkspaceSession } from '../workspace-session.ts';

/** Events that leave after the commit that caused them, in SQL. */
export function outboxStore(unit: WorkspaceSession): OutboxStore {
  const { session, workspaceId, clock } = unit;
  return {
    add: async (events) => {
      for (const { id, type, payload } of events) {
        await session.query(
          `INSERT INTO outbox (workspace_id, id, type, payload, recorded_at)
           VALUES ($1, $2, $3, $4, $5)`,
          [workspaceId, id, type, canonicalJson(payload), clock.now()],
        );
      }
    },
    pending: async (limit) => {
      const rows = await session.query(
        `SELECT id, type, payload FROM outbox
         WHERE workspace_id = $1 AND published_at IS NULL ORDER BY position LIMIT $2`,
        [workspaceId, limit],
      );
      return rows.map(([id, type, payload]) => ({
        id: text(id),
        type: text(type),
        payload: JSON.parse(text(payload)) as Json,
        workspaceId,
      }));
    },
    markPublished: async (ids) => {
      await session.query(
        `UPDATE outbox SET published_at = $3
         WHERE workspace_id = $1 AND id = ANY($2::text[]) AND published_at IS NULL`,
        [workspaceId, ids, clock.now()],
      );
    },
  };
}
