import { Producer, stringSerializers } from '@platformatic/kafka';
import type { Bus, BusHealth, BusMessage, BusSubscription, Delivery } from '@plimsoll/ports';
import { checkSubscription, checkTopics } from '../../bus-kit/names.ts';
import { partitionOf } from '../../bus-kit/partition-of.ts';
import { closed, reasonOf } from '../../bus-kit/refusals.ts';
import { decodeMessage, encodeMessage } from '../../bus-kit/wire-message.ts';
import { BroadcastListener } from './broadcast-listener.ts';
import { GroupMember } from './group-member.ts';
import type { KafkaServer } from './kafka-server.ts';
import { readWholeTopics } from './whole-topics.ts';

/** A bus over Apache Kafka. */
export class KafkaBus implements Bus {
  readonly id = 'kafka';
  readonly #server: KafkaServer;
  readonly #producer: Producer<string, string, string, string>;
  readonly #running = new Set<{ stop(): Promise<void> }>();
  /** One request at a time, so that none passes one that got lost. */
  #publishing: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(server: KafkaServer) {
    this.#server = server;
    this.#producer = new Producer({
      ...server.options(),
      serializers: stringSerializers,
      // The client takes this number modulo the partitions of the topic.
      partitioner: ({ key = '' }) => partitionOf(key, 2 ** 31),
    });
    this.#producer.on('error', (error: unknown) => server.trouble(error));
  }

  /** One request at a time: what goes to one partition is taken over whole and in order, or not at all. */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#refuseClosed();
    const records = messages.map((message) => ({
      topic: this.#server.name(message.topic),
      key: message.key,
      value: encodeMessage(message),
    }));
    if (records.length === 0) return;
    const sent = this.#publishing.then(() =>
      this.#server.run(() => this.#producer.send({ messages: records, acks: -1 })),
    );
    this.#publishing = sent.catch(() => undefined); // whoever published it hears of it
    await sent;
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

  /** Reads all that is kept, whenever it was published: stamps of brokers are not relied upon. */
  async replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    this.#refuseClosed();
    checkTopics(topics);
    const reader = await readWholeTopics(this.#server, topics, 'earliest');
    const left = new Map([...reader.ends].filter(([, end]) => end > 0n));
    try {
      if (left.size === 0) return;
      for await (const { topic, partition, offset, value } of reader.messages) {
        const message = decodeMessage(value);
        if (message !== null && message.at >= since) await handle({ ...message, attempt: 1 });
        const place = `${topic}:${partition}`;
        if (offset + 1n >= (left.get(place) ?? 0n)) left.delete(place);
        if (left.size === 0) return;
      }
    } finally {
      await reader.close();
    }
  }

  async health(): Promise<BusHealth> {
    if (this.#closing !== undefined)
      return { state: 'down', detail: 'It was closed.', epoch: null };
    try {
      const { id } = await this.#server.run(() =>
        this.#producer.metadata({ topics: [], forceUpdate: true }),
      );
      return { state: 'up', detail: `Kafka at ${this.#server.shown}.`, epoch: id };
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
    await this.#producer.close(true).catch((error: unknown) => this.#server.trouble(error));
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw closed();
  }
}
