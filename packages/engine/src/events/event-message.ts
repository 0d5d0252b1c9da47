import { invariant } from '@plimsoll/kernel';
import {
  type BusMessage,
  type Delivery,
  marketWorkspace,
  type PendingEvent,
} from '@plimsoll/ports';

/**
 * An event of an outbox as the bus carries it. Ids of events are given once within a workspace, so the
 * message's names the workspace too. Events of one workspace keep their order: it is their key.
 */
export const messageOf = (event: PendingEvent): BusMessage => ({
  id: `${event.workspaceId}/${event.id}`,
  topic: event.type,
  key: event.workspaceId,
  workspaceId: event.workspaceId === marketWorkspace ? null : event.workspaceId,
  at: event.recordedAt,
  payload: event.payload,
  publication: event.publications,
});

/** Which event of which workspace a delivery is. */
export function eventOf({ id, workspaceId }: Delivery): {
  readonly workspaceId: string;
  readonly eventId: string;
} {
  const home = workspaceId ?? marketWorkspace;
  invariant(id.startsWith(`${home}/`), `message ${id} came through the outbox of ${home}`);
  return { workspaceId: home, eventId: id.slice(home.length + 1) };
}
