import { hash } from 'node:crypto';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { Bus, BusHealth, BusMessage, BusSubscription, Delivery } from '@plimsoll/ports';
import { checkSubscription, checkTopics } from '../../bus-kit/names.ts';
import { partitionOf } from '../../bus-kit/partition-of.ts';
import { closed, reasonOf } from '../../bus-kit/refusals.ts';
import { decodeMessage, encodeMessage } from '../../bus-kit/wire-message.ts';
import { BroadcastListener } from './broadcast-listener.ts';
import { GroupMember } from './group-member.ts';
import { type Connected, type NatsServer, partitions } from './nats-connection.ts';

/** Clocks of hosts differ; the server's tells where a replay begins to look. */
const clockSlackMs = 300_000;
const idleNs = 30e9;

/** A bus over NATS JetStream. */
export class NatsBus implements Bus {
  readonly id = 'nats';
  readonly #server: NatsServer;
  readonly #running = new Set<{ stop(): Promise<void> }>();
  #streamKnown = false;
  #closing: Promise<void> | undefined;

  constructor(server: NatsServer) {
    this.#server = server;
    server.onReconnect(() => {
      this.#streamKnown = false;
    });
  }

  /** Messages of one key one after the other, so that none passes one that got lost; keys beside each other. */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#refuseClosed();
    const texts = messages.map(encodeMessage);
    if (texts.length === 0) return;
    await this.#server.run(async (connected) => {
      if (!this.#streamKnown) await this.#server.stream(connected);
      this.#streamKnown = true;
      const tails = new Map<string, Promise<void>>();
      messages.forEach((message, i) => {
        const queue = `${message.topic} ${message.key}`;
        const before = tails.get(queue) ?? Promise.resolve();
        tails.set(
          queue,
          before.then(() => this.#send(connected, message, texts[i] ?? '')),
        );
      });
      const outcomes = await Promise.allSettled(tails.values());
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed === undefined) return;
      this.#streamKnown = false;
      throw failed.reason;
    });
  }

  async #send({ client }: Connected, message: BusMessage, text: string): Promise<void> {
    const { id, topic, key, publication = 0 } = message;
    const subject = `${this.#server.prefix}.${topic}.${partitionOf(key, partitions)}`;
    // An id may hold what a header may not.
    const msgID = hash('sha256', `${publication} ${id}`);
    await client.publish(subject, text, { msgID });
  }

  async subscribe(subscription: BusSubscription, handle: (delivery: Delivery) => Promise<void>) {
    this.#refuseClosed();
    checkSubscription(subscription);
    const { group } = subscription;
    const subscriber =
      group === null
        ? new BroadcastListener(this.#server, subscription, handle)
        : new GroupMember(this.#server, { ...subscription, group }, handle);
    await subscriber.start();
    let stopping: Promise<void> | undefined;
    const running = {
      stop: (): Promise<void> => {
        this.#running.delete(running);
        stopping ??= subscriber.stop();
        return stopping;
      },
    };
    this.#running.add(running);
    return running;
  }

  async replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    this.#refuseClosed();
    checkTopics(topics);
    for (const topic of topics) await this.#replayTopic(topic, since, handle);
  }

  async #replayTopic(
    topic: string,
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    const stream = this.#server.prefix;
    const found = await this.#server.run(async (connected) => {
      await this.#server.stream(connected);
      const { name, num_pending } = await connected.manager.consumers.add(stream, {
        filter_subject: `${stream}.${topic}.*`,
        deliver_policy: DeliverPolicy.StartTime,
        opt_start_time: new Date(Date.parse(since) - clockSlackMs).toISOString(),
        ack_policy: AckPolicy.None,
        inactive_threshold: idleNs,
      });
      return { name, pending: num_pending, connected };
    });
    const { client, manager } = found.connected;
    if (found.pending > 0) {
      const consumer = await client.consumers.get(stream, found.name);
      const messages = await consumer.consume();
      let left = found.pending;
      for await (const taken of messages) {
        const message = decodeMessage(taken.string());
        if (message !== null && message.at >= since) await handle({ ...message, attempt: 1 });
        left--;
        if (left === 0) break;
      }
      await messages.close();
    }
    await manager.consumers.delete(stream, found.name);
  }

  async health(): Promise<BusHealth> {
    if (this.#closing !== undefined)
      return { state: 'down', detail: 'It was closed.', epoch: null };
    try {
      const { created } = await this.#server.run((connected) => this.#server.stream(connected));
      return { state: 'up', detail: `NATS at ${this.#server.shown}.`, epoch: created };
    } catch (error) {
      return { state: 'down', detail: reasonOf(error), epoch: null };
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    await this.#server.close();
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw closed();
  }
}
