import type { Msg, Subscription } from '@nats-io/nats-core';
import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { triedOnce } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import type { NatsServer } from './nats-connection.ts';

/** A subscriber of its own: hears what is published while it is connected. */
export class BroadcastListener {
  readonly #server: NatsServer;
  readonly #subscription: BusSubscription;
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #queues = new KeyQueues();
  #heard: readonly Subscription[] = [];
  #stopped = false;

  constructor(
    server: NatsServer,
    subscription: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    this.#server = server;
    this.#subscription = subscription;
    this.#handle = handle;
  }

  async start(): Promise<void> {
    await this.#server.run(async (connected) => {
      await this.#server.stream(connected);
      const { connection } = connected;
      this.#heard = this.#subscription.topics.map((topic) =>
        connection.subscribe(`${this.#server.prefix}.${topic}.*`, {
          callback: (error, message) => {
            if (error) this.#server.trouble(error);
            else this.#take(message);
          },
        }),
      );
      await connection.flush();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const subscription of this.#heard) subscription.unsubscribe();
    await this.#queues.idle();
  }

  #take(heard: Msg): void {
    const message = decodeMessage(heard.string());
    if (message === null) return;
    this.#queues.add(`${message.topic} ${message.key}`, async () => {
      if (this.#stopped) return;
      const trouble = (detail: string): void => this.#server.trouble(detail);
      await triedOnce(this.#subscription, { ...message, attempt: 1 }, this.#handle, trouble);
    });
  }
}
