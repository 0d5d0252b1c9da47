import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
} from '@nats-io/jetstream';
import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { pause } from '../../bus-kit/pause.ts';
import { retryDelayMs, tried } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import { type Connected, type NatsServer, partitions } from './nats-connection.ts';

/** A message that nobody acknowledged for so long is delivered again. */
const ackWaitMs = 5_000;
const expiresMs = 30_000;
const batch = 64;

/** One durable consumer: the messages of one topic and partition, for one group. */
interface Source {
  readonly durable: string;
  readonly subject: string;
}

/**
 * One member of a group. The server hands out one message of a partition at a time, whoever asks, so
 * keys keep their order over all members; members ask for all partitions and share them by who asks.
 */
export class GroupMember {
  readonly #server: NatsServer;
  readonly #subscription: BusSubscription;
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #sources: readonly Source[];
  readonly #open = new Set<ConsumerMessages>();
  readonly #stopping = new AbortController();
  /** Grows with each new connection: the server behind it may have lost our consumers. */
  #connections = 0;
  #loops: Promise<unknown> = Promise.resolve();
  #forgetReconnect: () => void = () => undefined;

  constructor(
    server: NatsServer,
    subscription: BusSubscription & { readonly group: string },
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    const { group, topics } = subscription;
    this.#server = server;
    this.#subscription = subscription;
    this.#handle = handle;
    this.#sources = topics.flatMap((topic) =>
      Array.from({ length: partitions }, (_, at) => ({
        durable: `${group}_${topic.replaceAll('.', '_')}_${at}`,
        subject: `${server.prefix}.${topic}.${at}`,
      })),
    );
  }

  /** Gives the group its place and begins. */
  async start(): Promise<void> {
    const policy = this.#subscription.from === 'new' ? DeliverPolicy.New : DeliverPolicy.All;
    await this.#server.run(async (connected) => {
      await this.#server.stream(connected);
      await Promise.all(this.#sources.map((source) => this.#consumer(connected, source, policy)));
    });
    // What was asked of a server that has restarted is not answered any more.
    this.#forgetReconnect = this.#server.onReconnect(() => {
      this.#connections++;
      this.#closeOpen();
    });
    this.#loops = Promise.all(this.#sources.map((source) => this.#serve(source)));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#forgetReconnect();
    this.#closeOpen();
    await this.#loops;
  }

  #closeOpen(): void {
    for (const messages of this.#open) void messages.close();
  }

  async #consumer(
    { manager }: Connected,
    { durable, subject }: Source,
    policy: DeliverPolicy,
  ): Promise<void> {
    const stream = this.#server.prefix;
    try {
      await manager.consumers.info(stream, durable);
    } catch {
      // Not there, or the server is not: making it tells which.
      await manager.consumers.add(stream, {
        durable_name: durable,
        filter_subject: subject,
        deliver_policy: policy,
        ack_policy: AckPolicy.Explicit,
        ack_wait: ackWaitMs * 1e6,
        max_ack_pending: 1,
      });
    }
  }

  async #serve(source: Source): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const connection = this.#connections;
      try {
        const consumer = await this.#server.run(async (connected) => {
          await this.#server.stream(connected);
          await this.#consumer(connected, source, DeliverPolicy.All);
          return connected.client.consumers.get(this.#server.prefix, source.durable);
        });
        while (!signal.aborted && connection === this.#connections) await this.#fetch(consumer);
      } catch (error) {
        if (signal.aborted) return;
        this.#server.trouble(error);
        await pause(250 + 250 * this.#server.world.random(), signal);
      }
    }
  }

  async #fetch(consumer: Consumer): Promise<void> {
    const messages = await consumer.fetch({ max_messages: batch, expires: expiresMs });
    this.#open.add(messages);
    try {
      if (this.#stopping.signal.aborted) return;
      for await (const message of messages) {
        // Left to whoever asks next, once the server has waited for us in vain.
        if (this.#stopping.signal.aborted) return message.nak();
        await this.#take(message);
      }
    } finally {
      this.#open.delete(messages);
      await messages.close();
    }
    const failed = await messages.closed();
    if (failed instanceof Error) throw failed;
  }

  async #take(taken: JsMsg): Promise<void> {
    const message = decodeMessage(taken.string());
    if (message === null) {
      this.#server.trouble(`Message ${taken.seq} of ${taken.subject} is none of ours.`);
      taken.ack();
      return;
    }
    const attempt = taken.info.deliveryCount;
    const busy = setInterval(() => taken.working(), ackWaitMs / 3);
    const done = await tried(this.#subscription, { ...message, attempt }, this.#handle);
    clearInterval(busy);
    if (done) taken.ack();
    else taken.nak(retryDelayMs(this.#subscription, attempt));
  }
}
