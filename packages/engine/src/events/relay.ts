import {
  type Bus,
  type BusMessage,
  BusRefusal,
  type DurableConsumer,
  type OutboxBacklog,
  type PendingEvent,
  type Store,
  StoreRefusal,
} from '@plimsoll/ports';
import { messageOf } from './event-message.ts';

/** What the relay needs of the world outside. */
export interface RelayContext {
  readonly store: Store;
  readonly bus: Bus;
  /** Everyone who must act on events; no event is laid to rest before they have. */
  readonly consumers: readonly DurableConsumer[];
  /** Names this process among those on the same database. */
  readonly holder: string;
  /** Whether no other process can have the database, so that there is nobody to agree with. */
  readonly alone: boolean;
  /** Resolves after so long, or when the signal fires. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly onTrouble: (detail: string) => void;
}

/** How the relay keeps time, in milliseconds. */
export interface RelayPace {
  /** Between two looks for what nobody nudged about. */
  readonly sweepMs: number;
  /** What is not confirmed after so long is published again, after twice as long the next time … */
  readonly confirmAfterMs: number;
  /** … and at most so long after the last time. */
  readonly confirmAtMostMs: number;
  readonly leaseMs: number;
}

/** What the relay has done since it started, and has still to do. */
export interface RelayMetrics {
  /** `standby`: another process publishes. `failing`: the bus or the database cannot be used. */
  readonly state: 'starting' | 'publishing' | 'standby' | 'failing';
  readonly pending: number;
  readonly unsettled: number;
  /** When the oldest event that was never published was handed over. */
  readonly oldest: string | null;
  readonly published: number;
  readonly republished: number;
  /** Events that the bus cannot carry. */
  readonly refused: number;
}

/** Brings events from the outboxes to the bus. */
export interface Relay {
  /** Something was written: look soon. */
  nudge(): void;
  metrics(): RelayMetrics;
  stop(): Promise<void>;
}

const batch = 500;
/** Writes often come in bursts; one look serves them all. */
const gatherMs = 20;
const firstBackOffMs = 200;
const longestBackOffMs = 10_000;
const leaseName = 'outbox-relay';
/** Stands in for a consumer in dead letters of events that no bus can carry. */
const busItself = 'bus';

const unhurried: RelayPace = {
  sweepMs: 2_000,
  confirmAfterMs: 10_000,
  confirmAtMostMs: 3_600_000,
  leaseMs: 30_000,
};

/** Starts the relay; it runs until it is stopped. */
export function startRelay(context: RelayContext, pace: Partial<RelayPace> = {}): Relay {
  const relay = new OutboxRelay(context, { ...unhurried, ...pace });
  relay.start();
  return relay;
}

class OutboxRelay implements Relay {
  readonly #context: RelayContext;
  readonly #pace: RelayPace;
  readonly #stopping = new AbortController();
  #waking = new AbortController();
  #metrics: RelayMetrics = {
    ...{ state: 'starting', pending: 0, unsettled: 0, oldest: null },
    ...{ published: 0, republished: 0, refused: 0 },
  };
  /** Of the bus as it was last seen; undefined before the first look. */
  #epoch: string | null | undefined;
  #leaseLooks = 0;
  #trouble = '';
  #loop: Promise<void> = Promise.resolve();

  constructor(context: RelayContext, pace: RelayPace) {
    this.#context = context;
    this.#pace = pace;
  }

  start(): void {
    this.#loop = this.#run();
  }

  nudge(): void {
    this.#waking.abort();
  }

  metrics(): RelayMetrics {
    return this.#metrics;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    const { alone, store, holder } = this.#context;
    if (!alone) await store.giveLease(leaseName, holder);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      this.#waking = new AbortController();
      failures = (await this.#look()) ? 0 : failures + 1;
      if (failures > 0) await this.#context.wait(this.#backOffMs(failures), signal);
      else await this.#idle();
    }
  }

  /** Does what there is to do; false where it could not. */
  async #look(): Promise<boolean> {
    try {
      const leading = await this.#leads();
      if (leading) await this.#pass();
      this.#note({ state: leading ? 'publishing' : 'standby' });
      this.#trouble = '';
      return true;
    } catch (error) {
      // The bus may have lost what it held while it was away.
      this.#epoch = undefined;
      // Where the database is what fails, the last count stands.
      await this.#count().catch(() => undefined);
      this.#note({ state: 'failing' });
      this.#tell(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** Tells of a trouble once, until it is over or another one comes. */
  #tell(trouble: string): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#context.onTrouble(trouble);
  }

  /** Until the next look, or until somebody nudges. */
  async #idle(): Promise<void> {
    const [stopping, waking] = [this.#stopping.signal, this.#waking.signal];
    await this.#context.wait(this.#pace.sweepMs, AbortSignal.any([stopping, waking]));
    if (waking.aborted) await this.#context.wait(gatherMs, stopping);
  }

  /** Whether this process is the one that publishes. The lease is renewed well before it runs out. */
  async #leads(): Promise<boolean> {
    const { alone, store, holder } = this.#context;
    if (alone) return true;
    const looks = Math.max(1, Math.floor(this.#pace.leaseMs / 3 / this.#pace.sweepMs));
    const known = this.#metrics.state === 'publishing' && this.#leaseLooks % looks !== 0;
    this.#leaseLooks = known ? this.#leaseLooks + 1 : 1;
    return known || store.takeLease(leaseName, holder, this.#pace.leaseMs);
  }

  #backOffMs(failures: number): number {
    const ceiling = Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(20, failures - 1));
    return ceiling * (0.5 + this.#context.random() / 2);
  }

  async #pass(): Promise<void> {
    const { bus, store } = this.#context;
    const health = await bus.health();
    if (health.state === 'down') throw new Error(health.detail);
    const lost = this.#epoch === undefined || health.epoch !== this.#epoch;
    for (const backlog of await store.backlog()) {
      if (this.#stopping.signal.aborted) return;
      await this.#serve(backlog, lost);
    }
    this.#epoch = health.epoch;
    await this.#count();
  }

  /** Looks how much waits, and since when. */
  async #count(): Promise<void> {
    const left = await this.#context.store.backlog();
    this.#note({
      pending: left.reduce((sum, { pending }) => sum + pending, 0),
      unsettled: left.reduce((sum, { unsettled }) => sum + unsettled, 0),
      oldest: left.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null,
    });
  }

  /** One workspace: first what is known to be needed again, as it is older; then what is new. */
  async #serve({ workspaceId, pending, unsettled }: OutboxBacklog, lost: boolean): Promise<void> {
    try {
      if (unsettled > 0) await this.#sweep(workspaceId, lost);
      if (pending > 0) await this.#publishNew(workspaceId);
    } catch (error) {
      const gone = error instanceof StoreRefusal && error.fault.code === 'store.unknown-workspace';
      if (!gone) throw error;
    }
  }

  async #publishNew(workspaceId: string): Promise<void> {
    const { store } = this.#context;
    for (let more = true; more && !this.#stopping.signal.aborted; ) {
      const events = await store.read(workspaceId, ({ outbox }) => outbox.pending(batch));
      await this.#publish(workspaceId, events);
      more = events.length === batch;
    }
  }

  /** Lays to rest what all have acted on, and publishes again what is overdue; all, if the bus lost it. */
  async #sweep(workspaceId: string, lost: boolean): Promise<void> {
    const { store, consumers } = this.#context;
    const { confirmAfterMs, confirmAtMostMs } = this.#pace;
    const due = lost
      ? { afterMs: 0, atMostMs: 0 }
      : { afterMs: confirmAfterMs, atMostMs: confirmAtMostMs };
    await store.write(workspaceId, ({ outbox }) => outbox.settle(consumers));
    let after = 0;
    for (let more = true; more && !this.#stopping.signal.aborted; ) {
      const from = after;
      const events = await store.read(workspaceId, ({ outbox }) =>
        outbox.unsettled(due, from, batch),
      );
      await this.#publish(workspaceId, events);
      after = events.at(-1)?.position ?? 0;
      more = events.length === batch;
    }
  }

  async #publish(workspaceId: string, events: readonly PendingEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { store, consumers } = this.#context;
    const refused = await this.#hand(events.map(messageOf));
    await store.write(workspaceId, async ({ outbox, deadLetters }) => {
      for (const event of events) {
        const reason = refused.get(messageOf(event).id);
        if (reason === undefined) continue;
        const waiting = consumers.filter(({ topics }) => topics.includes(event.type));
        for (const consumer of [busItself, ...waiting.map((one) => one.consumer)]) {
          const { id: eventId, type: topic, payload } = event;
          await deadLetters.add({ consumer, eventId, topic, payload, attempts: 1, reason });
        }
      }
      await outbox.markPublished(events.map(({ id }) => id));
      await outbox.settle(consumers);
    });
    const again = events.filter(({ publications }) => publications > 0).length;
    this.#note({
      published: this.#metrics.published + events.length - refused.size,
      republished: this.#metrics.republished + again,
      refused: this.#metrics.refused + refused.size,
    });
  }

  /** Hands messages to the bus; gives those that no bus could carry, so that they hold up no others. */
  async #hand(messages: readonly BusMessage[]): Promise<ReadonlyMap<string, string>> {
    const { bus } = this.#context;
    try {
      await bus.publish(messages);
      return new Map();
    } catch (error) {
      if (!isUncarriable(error)) throw error;
    }
    const refused = new Map<string, string>();
    for (const message of messages) {
      try {
        await bus.publish([message]);
      } catch (error) {
        if (!isUncarriable(error)) throw error;
        refused.set(message.id, error.message);
      }
    }
    return refused;
  }

  #note(change: Partial<RelayMetrics>): void {
    this.#metrics = { ...this.#metrics, ...change };
  }
}

const isUncarriable = (error: unknown): error is BusRefusal =>
  error instanceof BusRefusal && ['bus.too-large', 'bus.invalid-name'].includes(error.fault.code);
