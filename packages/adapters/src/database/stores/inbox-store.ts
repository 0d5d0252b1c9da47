import type { InboxStore } from '@plimsoll/ports';
import type { WorkspaceSession } from '../workspace-session.ts';

/** What consumers have acted on, in SQL. */
export function inboxStore({ session, workspaceId, clock }: WorkspaceSession): InboxStore {
  return {
    take: async (consumer, eventId) => {
      const taken = await session.query(
        `INSERT INTO inbox (workspace_id, consumer, event_id, recorded_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING consumer`,
        [workspaceId, consumer, eventId, clock.now()],
      );
      return taken.length > 0;
    },
  };
}
