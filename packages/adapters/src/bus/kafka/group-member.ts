import { once } from 'node:events';
import { Consumer, type MessagesStream, stringDeserializers } from '@platformatic/kafka';
import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { pause } from '../../bus-kit/pause.ts';
import { retryDelayMs, tried } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import { Commits } from './commits.ts';
import type { KafkaMessage, KafkaServer } from './kafka-server.ts';

/** A member that is not heard of for so long has lost its partitions. */
const sessionMs = 6_000;
/** Who joins waits until the others have joined anew, or were given up. */
const joinMs = 5 * sessionMs;
const maxInHand = 512;

type Stream = MessagesStream<string, string, string, string>;

/** One stay of a member in its group, from its joining until the connection breaks or it leaves. */
interface Stay {
  readonly consumer: Consumer<string, string, string, string>;
  readonly stream: Stream;
  readonly commits: Commits;
  /** Offset after the last message taken in, by partition: a rebalance may bring the same again. */
  readonly taken: Map<string, bigint>;
}

/** One member of a group: the cluster gives it partitions, and each is handled in its order. */
export class GroupMember {
  readonly #server: KafkaServer;
  readonly #subscription: BusSubscription & { readonly group: string };
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #queues = new KeyQueues();
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  #stay: Stay | undefined;
  #inHand = 0;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    server: KafkaServer,
    subscription: BusSubscription & { readonly group: string },
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    this.#server = server;
    this.#subscription = subscription;
    this.#handle = handle;
  }

  /** Joins the group, and begins once it has its place. */
  async start(): Promise<void> {
    const stay = await this.#join();
    this.#loop = this.#run(stay);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
    await this.#queues.idle();
    await this.#leave();
    await this.#loop;
  }

  async #join(): Promise<Stay> {
    const { group, topics, from } = this.#subscription;
    const consumer = new Consumer({
      ...this.#server.options(),
      groupId: this.#server.name(group),
      deserializers: stringDeserializers,
      autocommit: false,
      requestTimeout: joinMs,
      sessionTimeout: sessionMs,
      rebalanceTimeout: 2 * sessionMs,
      heartbeatInterval: sessionMs / 6,
      maxWaitTime: 200,
    });
    consumer.on('error', (error: unknown) => this.#server.trouble(error));
    try {
      return await this.#server.run(async () => {
        const stream = await consumer.consume({
          topics: topics.map((topic) => this.#server.name(topic)),
          mode: 'committed',
          fallbackMode: from === 'new' ? 'latest' : 'earliest',
        });
        const stay = {
          ...{ consumer, stream, taken: new Map<string, bigint>() },
          commits: new Commits(consumer, (error) => this.#server.trouble(error)),
        };
        if (stream.offsetsToFetch.size === 0) await once(stream, 'offsets');
        // Its place is kept from now on, also where nothing comes before it leaves.
        for (const { topic, partitions } of consumer.assignments ?? []) {
          for (const partition of partitions) {
            const offset = stream.offsetsToFetch.get(`${topic}:${partition}`);
            if (offset !== undefined) stay.commits.upTo(topic, partition, offset);
          }
        }
        await stay.commits.told();
        this.#stay = stay;
        return stay;
      }, joinMs);
    } catch (error) {
      await consumer.close(true).catch((late: unknown) => this.#server.trouble(late));
      throw error;
    }
  }

  async #leave(): Promise<void> {
    const stay = this.#stay;
    this.#stay = undefined;
    if (stay === undefined) return;
    await stay.commits.told();
    await stay.consumer.close(true).catch((error: unknown) => this.#server.trouble(error));
  }

  async #run(first: Stay): Promise<void> {
    let stay: Stay | undefined = first;
    while (!this.#stopping.signal.aborted) {
      try {
        stay ??= await this.#join();
        for await (const message of stay.stream) await this.#take(stay, message);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#server.trouble(error);
        await pause(500 + 500 * this.#server.world.random(), this.#stopping.signal);
      }
      stay = undefined;
      if (!this.#stopping.signal.aborted) await this.#leave();
    }
  }

  async #take(stay: Stay, message: KafkaMessage): Promise<void> {
    const place = `${message.topic}:${message.partition}`;
    if (message.offset < (stay.taken.get(place) ?? 0n)) return;
    stay.taken.set(place, message.offset + 1n);
    while (this.#inHand >= maxInHand && !this.#stopping.signal.aborted) {
      await pause(5, this.#stopping.signal);
    }
    this.#inHand++;
    this.#queues.add(place, async () => {
      try {
        await this.#work(stay, message);
      } finally {
        this.#inHand--;
      }
    });
  }

  async #work(stay: Stay, { topic, partition, offset, value }: KafkaMessage): Promise<void> {
    const message = decodeMessage(value);
    if (message === null) {
      this.#server.trouble(`Message ${offset} of ${topic}:${partition} is none of ours.`);
      return;
    }
    for (let attempt = 1; this.#holds(stay, topic, partition); attempt++) {
      const trying = tried(this.#subscription, { ...message, attempt }, this.#handle);
      this.#running.add(trying);
      const done = await trying.finally(() => this.#running.delete(trying));
      if (done) return stay.commits.upTo(topic, partition, offset + 1n);
      await pause(retryDelayMs(this.#subscription, attempt), this.#stopping.signal);
    }
    // Another's now, or nobody's: it is read again by whoever has the partition next, perhaps by us.
    const place = `${topic}:${partition}`;
    if (offset < (stay.taken.get(place) ?? 0n)) stay.taken.set(place, offset);
  }

  #holds({ consumer }: Stay, topic: string, partition: number): boolean {
    if (this.#stopping.signal.aborted || this.#stay?.consumer !== consumer) return false;
    const assigned = consumer.assignments?.find((one) => one.topic === topic);
    return assigned?.partitions.includes(partition) ?? false;
  }
}
