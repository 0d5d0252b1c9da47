import type { Bus, BusMessage, BusWorld, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { checkSubscription, checkTopics } from '../../bus-kit/names.ts';
import { closed } from '../../bus-kit/refusals.ts';
import { triedOnce } from '../../bus-kit/trying.ts';
import { encodeMessage } from '../../bus-kit/wire-message.ts';
import { Group, type Member } from './group.ts';
import { MessageLog } from './message-log.ts';

/** How much is kept for replay and for groups without members. */
const keptMessages = 20_000;
const keptCharacters = 32_000_000;

interface Broadcast {
  readonly topics: ReadonlySet<string>;
  readonly member: Member;
  readonly queues: KeyQueues;
}

/** The middle of the bus of one process: everything passes through the thread that has it. */
export class MemoryBus implements Bus {
  readonly id = 'in-process';
  readonly #world: BusWorld;
  readonly #epoch: string;
  readonly #log = new MessageLog(keptMessages, keptCharacters);
  readonly #groups = new Map<string, Group>();
  readonly #broadcasts = new Set<Broadcast>();
  readonly #leave = new Set<() => Promise<void>>();
  #closed = false;

  constructor(world: BusWorld) {
    this.#world = world;
    this.#epoch = `${world.clock.now()} ${world.random()}`;
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#refuseClosed();
    const sizes = messages.map((message) => encodeMessage(message).length);
    messages.forEach((message, i) => {
      this.#log.add(message, sizes[i] ?? 0);
      for (const broadcast of this.#broadcasts) this.#send(broadcast, message);
    });
    for (const group of this.#groups.values()) group.advance();
  }

  async subscribe(
    subscription: Member['subscription'],
    handle: (delivery: Delivery) => Promise<void>,
    gone: AbortSignal = new AbortController().signal,
  ) {
    this.#refuseClosed();
    checkSubscription(subscription);
    const member = { subscription, handle, gone };
    const leaving = subscription.group === null ? this.#listen(member) : this.#join(member);
    const stop = async (): Promise<void> => {
      this.#leave.delete(stop);
      await leaving();
    };
    this.#leave.add(stop);
    return { stop };
  }

  async replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    this.#refuseClosed();
    checkTopics(topics);
    const end = this.#log.next;
    for (let number = this.#log.first; number < end; number++) {
      const message = this.#log.at(number);
      if (message === undefined || !topics.includes(message.topic) || message.at < since) continue;
      await handle({ ...message, attempt: 1 });
    }
  }

  async health() {
    return this.#closed
      ? { state: 'down' as const, detail: 'It was closed.', epoch: null }
      : { state: 'up' as const, detail: 'Within this process.', epoch: this.#epoch };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#leave].map((stop) => stop()));
  }

  #join(member: Member): () => Promise<void> {
    const name = member.subscription.group ?? '';
    const group = this.#groups.get(name) ?? new Group(this.#log, member.subscription);
    this.#groups.set(name, group);
    return group.join(member);
  }

  #listen(member: Member): () => Promise<void> {
    const broadcast = {
      topics: new Set(member.subscription.topics),
      member,
      queues: new KeyQueues(),
    };
    this.#broadcasts.add(broadcast);
    return async () => {
      this.#broadcasts.delete(broadcast);
      await broadcast.queues.idle();
    };
  }

  #send(broadcast: Broadcast, message: BusMessage): void {
    const { topics, member, queues } = broadcast;
    if (!topics.has(message.topic)) return;
    queues.add(`${message.topic} ${message.key}`, async () => {
      if (!this.#broadcasts.has(broadcast)) return;
      const delivery = { ...message, attempt: 1 };
      const trouble = this.#world.onTrouble ?? (() => undefined);
      await triedOnce(member.subscription, delivery, member.handle, trouble);
    });
  }

  #refuseClosed(): void {
    if (this.#closed) throw closed();
  }
}
