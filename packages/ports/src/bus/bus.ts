import type { Json } from '@plimsoll/kernel';

/** One thing that happened, on its way to whoever wants to know. */
export interface BusMessage {
  /** Never given twice; what an inbox remembers, so that a second delivery has no effect. */
  readonly id: string;
  /** `ledger.recorded`, `prices.changed`, `market.quotes`. */
  readonly topic: string;
  /** Messages of one topic and key arrive in the order in which they were published. */
  readonly key: string;
  /** Whose it is; null for public market data. */
  readonly workspaceId: string | null;
  /** UTC instant at which it happened. */
  readonly at: string;
  readonly payload: Json;
}

/** A message as it arrives. */
export interface Delivery extends BusMessage {
  /** 1 the first time, more where an earlier delivery was not acknowledged. */
  readonly attempt: number;
}

export interface BusSubscription {
  readonly topics: readonly string[];
  /**
   * Members of a group share the messages, and a group goes on where it stopped, across restarts of
   * its members. Null: this subscriber alone gets every message from now on, and none is kept for it.
   */
  readonly group: string | null;
  /** Where a group that is new begins: with what comes, or with the oldest message still kept. */
  readonly from?: 'new' | 'earliest';
}

/** Ends a subscription: no delivery begins after it resolves, and those that ran have ended. */
export interface RunningSubscription {
  stop(): Promise<void>;
}

export interface BusHealth {
  readonly state: 'up' | 'down';
  /** What is wrong, or where it is connected to, without credentials. */
  readonly detail: string;
}

/**
 * Carries messages between parts and processes. At least once and in order per key; never the system
 * of record: whatever it loses comes again from the outbox.
 */
export interface Bus {
  readonly id: string;
  /** Resolves once the bus has taken them over; rejects where it has not (publish them again). */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /**
   * Calls `handle` with each message, one at a time per key. A message of a group whose `handle`
   * rejects is delivered again, later ones of its key after it.
   */
  subscribe(
    subscription: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<RunningSubscription>;
  /** Calls `handle` with all that is kept of the topics since an instant, then resolves. */
  replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void>;
  health(): Promise<BusHealth>;
  close(): Promise<void>;
}
