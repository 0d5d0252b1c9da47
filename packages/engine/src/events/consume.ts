import {
  type Bus,
  BusRefusal,
  type Delivery,
  type DurableConsumer,
  type RunningSubscription,
  type Store,
  StoreRefusal,
  type UnitOfWork,
} from '@plimsoll/ports';
import { eventOf } from './event-message.ts';

/** What a consumer needs of the world outside. */
export interface ConsumerContext {
  readonly store: Store;
  readonly bus: Bus;
  /** Resolves after so long, or when the signal fires. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Someone who acts on events, and how often it tries. */
export interface ConsumerTerms extends DurableConsumer {
  readonly attempts?: number;
  readonly retryAfterMs?: number;
}

const betweenTriesMs = 2_000;

/**
 * Acts on each event of the topics once: the effect commits together with its note in the inbox, or
 * neither does. An event that fails again and again becomes a dead letter. A bus that cannot be reached
 * is tried until it can. The relay must be told of the consumer, so that no event of it is laid to
 * rest before.
 */
export function consume(
  context: ConsumerContext,
  terms: ConsumerTerms,
  effect: (unit: UnitOfWork, delivery: Delivery) => Promise<void>,
): RunningSubscription {
  const stopping = new AbortController();
  const running = subscribed(context, terms, effect, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await (await running)?.stop();
    },
  };
}

async function subscribed(
  context: ConsumerContext,
  { consumer, ...terms }: ConsumerTerms,
  effect: (unit: UnitOfWork, delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<RunningSubscription | undefined> {
  const { bus, store, wait } = context;
  const subscription = {
    ...terms,
    group: consumer,
    onDead: (delivery: Delivery, reason: string) => bury(store, consumer, delivery, reason),
  };
  const handle = (delivery: Delivery) => actOnce(store, consumer, delivery, effect);
  while (!signal.aborted) {
    try {
      return await bus.subscribe(subscription, handle);
    } catch (error) {
      const passing = error instanceof BusRefusal && error.fault.code === 'bus.unavailable';
      if (!passing) throw error;
      await wait(betweenTriesMs, signal);
    }
  }
  return undefined;
}

async function actOnce(
  store: Store,
  consumer: string,
  delivery: Delivery,
  effect: (unit: UnitOfWork, delivery: Delivery) => Promise<void>,
): Promise<void> {
  const { workspaceId, eventId } = eventOf(delivery);
  await inWorkspace(store, workspaceId, async (unit) => {
    if (await unit.inbox.take(consumer, eventId)) await effect(unit, delivery);
  });
}

async function bury(
  store: Store,
  consumer: string,
  delivery: Delivery,
  reason: string,
): Promise<void> {
  const { topic, payload, attempt } = delivery;
  const { workspaceId, eventId } = eventOf(delivery);
  await inWorkspace(store, workspaceId, (unit) =>
    unit.deadLetters.add({ consumer, eventId, topic, payload, attempts: attempt, reason }),
  );
}

/** Writes to the workspace; one that was removed has nothing left to act on. */
async function inWorkspace(
  store: Store,
  workspaceId: string,
  work: (unit: UnitOfWork) => Promise<void>,
): Promise<void> {
  try {
    await store.write(workspaceId, work);
  } catch (error) {
    const gone = error instanceof StoreRefusal && error.fault.code === 'store.unknown-workspace';
    if (!gone) throw error;
  }
}
