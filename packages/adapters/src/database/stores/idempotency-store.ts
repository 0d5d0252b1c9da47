import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { IdempotencyStore } from '@plimsoll/ports';
import { integer, text } from '../cells.ts';
import type { WorkspaceSession } from '../workspace-session.ts';

/** Answers to writes by their key, in SQL. */
export function idempotencyStore(unit: WorkspaceSession): IdempotencyStore {
  const { session, workspaceId, clock } = unit;
  return {
    find: async (operation, key) => {
      const [row] = await session.query(
        `SELECT request_hash, status, body FROM idempotency
         WHERE workspace_id = $1 AND operation = $2 AND key = $3`,
        [workspaceId, operation, key],
      );
      if (row === undefined) return null;
      const [requestHash, status, body] = row;
      return {
        key,
        operation,
        requestHash: text(requestHash),
        status: integer(status),
        body: JSON.parse(text(body)) as Json,
      };
    },
    save: async ({ key, operation, requestHash, status, body }) => {
      await session.query(
        `INSERT INTO idempotency (workspace_id, operation, key, request_hash, status, body, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [workspaceId, operation, key, requestHash, status, canonicalJson(body), clock.now()],
      );
    },
  };
}
