import type { OutboxBacklog } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Session } from '../session.ts';
import { instant } from '../workspace-session.ts';

/** What the outboxes of all workspaces still have, by one look at the index of what is not at rest. */
export async function readBacklog(session: Session): Promise<readonly OutboxBacklog[]> {
  const rows = await session.query(
    `SELECT workspace_id, count(*) FILTER (WHERE published_at IS NULL)::bigint,
       count(published_at)::bigint,
       ${instant('min(recorded_at) FILTER (WHERE published_at IS NULL)')}
     FROM outbox WHERE settled_at IS NULL GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(([workspaceId, pending, unsettled, oldest]) => ({
    workspaceId: text(workspaceId),
    pending: integer(pending),
    unsettled: integer(unsettled),
    oldest: textOrNull(oldest),
  }));
}
