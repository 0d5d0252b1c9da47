import type { Json } from '@plimsoll/kernel';
import type { Clock } from '../clock/clock.ts';

/** One thing that happened, on its way to whoever wants to know. */
export interface BusMessage {
  /** Never given twice; what an inbox remembers, so that a second delivery has no effect. */
  readonly id: string;
  /** `ledger.recorded`, `prices.changed`, `market.quotes`: words of small letters, digits and dashes. */
  readonly topic: string;
  /** Messages of one topic and key arrive in the order in which they were published. */
  readonly key: string;
  /** Whose it is; null for public market data. */
  readonly workspaceId: string | null;
  /** UTC instant at which it happened. */
  readonly at: string;
  readonly payload: Json;
  /**
   * How often it was published before on purpose, 0 where absent. A bus that drops doubles drops those
   * of equal id and publication, so that what is sent again because it was lost comes through.
   */
  readonly publication?: number;
}

/** A message as it arrives. */
export interface Delivery extends BusMessage {
  /**
   * 1 the first time, more where an earlier delivery was not acknowledged, as far as the bus can tell
   * (a log without such counts begins at 1 again after a restart of the member).
   */
  readonly attempt: number;
}

/** What takes a message that could not be handled out of the way. */
export type TakeDead = (delivery: Delivery, reason: string) => Promise<void>;

export interface BusSubscription {
  readonly topics: readonly string[];
  /**
   * Members of a group share the messages, and a group goes on where it stopped, across restarts of
   * its members. All its members name the same topics. Null: this subscriber alone gets every message
   * from now on, once, and none is kept for it.
   */
  readonly group: string | null;
  /** Where a group that is new begins: with the oldest message still kept (if not given), or with what comes. */
  readonly from?: 'new' | 'earliest';
  /** How often a message is tried before it is given up; 8 if not given. */
  readonly attempts?: number;
  /** The wait before the second try, in milliseconds, doubling up to a minute; 250 if not given. */
  readonly retryAfterMs?: number;
  /**
   * Gets a message that failed `attempts` times; once this resolves the message is done with and those
   * after it go on. Where it is not given a group tries for ever. What a broadcast's `handle` rejects
   * comes here at once.
   */
  readonly onDead?: TakeDead;
}

/** Ends a subscription: no delivery begins after it resolves, and those that ran have ended. */
export interface RunningSubscription {
  stop(): Promise<void>;
}

export interface BusHealth {
  readonly state: 'up' | 'down';
  /** What is wrong, or where it is connected to, without credentials. */
  readonly detail: string;
  /**
   * Names the memory of the bus: another one than before means that it has lost what it held. Null
   * where it cannot tell, or is down.
   */
  readonly epoch: string | null;
}

/**
 * Carries messages between parts and processes. At least once and in order per key; never the system
 * of record: whatever it loses comes again from the outbox, and then possibly after later messages of
 * its key. Throws a `BusRefusal` where it cannot do what is asked.
 */
export interface Bus {
  readonly id: string;
  /**
   * Resolves once the bus has taken them over; rejects where it has not taken all of them (publish
   * them again: some may arrive twice, none out of order).
   */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /**
   * Calls `handle` with each message, one at a time per key. A message of a group whose `handle`
   * rejects is delivered again, later ones of its key after it. Once this resolves, a broadcast misses
   * nothing and a new group has its place.
   */
  subscribe(
    subscription: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<RunningSubscription>;
  /** Calls `handle` with all that is kept of the topics and happened since an instant, then resolves. */
  replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void>;
  health(): Promise<BusHealth>;
  /** Stops every subscription and lets go of every connection. */
  close(): Promise<void>;
}

/** What a bus needs of the world beside its address. */
export interface BusWorld {
  readonly clock: Clock;
  /** In [0, 1), for jitter and for names of members. */
  readonly random: () => number;
  /** Hears of what went wrong while nobody was waiting for an answer; holds no credentials. */
  readonly onTrouble?: (detail: string) => void;
}

/** All that the rest of the system knows of one bus: what its folder exports by default. */
export interface BusDefinition {
  readonly id: string;
  readonly title: string;
  /** Of its addresses: `['nats', 'tls']`. Empty: the bus of this process, without an address. */
  readonly schemes: readonly string[];
  /**
   * Gives the bus at once, whether or not it can be reached: it goes on connecting by itself. Throws a
   * `BusRefusal` for an address that it cannot read.
   */
  open(address: string, world: BusWorld): Promise<Bus>;
}
