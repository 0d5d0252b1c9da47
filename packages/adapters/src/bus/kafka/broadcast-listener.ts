import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { pause } from '../../bus-kit/pause.ts';
import { triedOnce } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import type { KafkaServer } from './kafka-server.ts';
import { readWholeTopics, type WholeTopics } from './whole-topics.ts';

/** A subscriber of its own: hears what is published from now on. */
export class BroadcastListener {
  readonly #server: KafkaServer;
  readonly #subscription: BusSubscription;
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #queues = new KeyQueues();
  readonly #stopping = new AbortController();
  #reader: WholeTopics | undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    server: KafkaServer,
    subscription: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    this.#server = server;
    this.#subscription = subscription;
    this.#handle = handle;
  }

  async start(): Promise<void> {
    const { topics } = this.#subscription;
    this.#reader = await readWholeTopics(this.#server, topics, 'latest');
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#reader?.close();
    await this.#loop;
    await this.#queues.idle();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        this.#reader ??= await readWholeTopics(this.#server, this.#subscription.topics, 'latest');
        for await (const { value } of this.#reader.messages) this.#take(value);
      } catch (error) {
        if (signal.aborted) return;
        this.#server.trouble(error);
        await pause(500, signal);
      }
      if (signal.aborted) return;
      await this.#reader?.close();
      this.#reader = undefined;
    }
  }

  #take(text: string): void {
    const message = decodeMessage(text);
    if (message === null) return;
    this.#queues.add(`${message.topic} ${message.key}`, async () => {
      if (this.#stopping.signal.aborted) return;
      const trouble = (detail: string): void => this.#server.trouble(detail);
      await triedOnce(this.#subscription, { ...message, attempt: 1 }, this.#handle, trouble);
    });
  }
}
