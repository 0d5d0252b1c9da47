import type { Json } from '@plimsoll/kernel';

/** Something that happened, as whoever causes it hands it over. */
export interface OutboxEvent {
  readonly id: string;
  /** `ledger.recorded`, `prices.changed`. */
  readonly type: string;
  readonly payload: Json;
}

/** An event on its way out. */
export interface PendingEvent extends OutboxEvent {
  /** Grows with each event of the workspace. */
  readonly position: number;
  readonly workspaceId: string;
  /** When it was handed over, with its cause. */
  readonly recordedAt: string;
  /** How often it was published already. */
  readonly publications: number;
}

/** Someone who must act on every event of some topics, and notes in the inbox that it has. */
export interface DurableConsumer {
  readonly consumer: string;
  readonly topics: readonly string[];
}

export interface OutboxStore {
  add(events: readonly OutboxEvent[]): Promise<void>;
  /** Those never published, oldest first. */
  pending(limit: number): Promise<readonly PendingEvent[]>;
  /** Counts one more publication of each. */
  markPublished(ids: readonly string[]): Promise<void>;
  /** Lays to rest what is published and has in the inbox, or as a dead letter, all who must act on it. */
  settle(consumers: readonly DurableConsumer[]): Promise<void>;
  /**
   * What is published and not laid to rest, oldest first, as far as it is due: `afterMs` after it was
   * published, twice as long after each time more, at most `atMostMs`. Only those after a position.
   */
  unsettled(
    due: { readonly afterMs: number; readonly atMostMs: number },
    after: number,
    limit: number,
  ): Promise<readonly PendingEvent[]>;
}

export interface InboxStore {
  /** Notes that the consumer acts on the event; false where it has done so before and must not again. */
  take(consumer: string, eventId: string): Promise<boolean>;
}

/** An event that a consumer could not act on. */
export interface NewDeadLetter {
  readonly consumer: string;
  readonly eventId: string;
  readonly topic: string;
  readonly payload: Json;
  readonly attempts: number;
  /** What went wrong the last time. */
  readonly reason: string;
}

export interface DeadLetter extends NewDeadLetter {
  /** Grows with each letter of the workspace. */
  readonly position: number;
  readonly recordedAt: string;
  /** When it was sent to its consumer again; null while it waits. */
  readonly replayedAt: string | null;
}

export interface DeadLetterStore {
  /** Keeps it once: an event that waits for its consumer already is not added again. */
  add(letter: NewDeadLetter): Promise<void>;
  /** Newest first; only those that wait where `waiting`. */
  list(waiting: boolean, limit: number): Promise<readonly DeadLetter[]>;
  /**
   * Sends the event out again, where only consumers that have not acted on it will. False where no such
   * letter waits, or the event did not come through the outbox.
   */
  replay(position: number): Promise<boolean>;
}

/** What of one workspace has still to reach the bus, or whoever must act on it. */
export interface OutboxBacklog {
  readonly workspaceId: string;
  /** Never published. */
  readonly pending: number;
  /** Published, and not yet laid to rest. */
  readonly unsettled: number;
  /** When the oldest of those never published was handed over; null where there is none. */
  readonly oldest: string | null;
}
