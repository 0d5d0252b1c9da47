import type { BusSubscription, Delivery } from '@plimsoll/ports';
import type { Redis } from 'ioredis';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { pause } from '../../bus-kit/pause.ts';
import { triedOnce } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import { entriesByStream, type RedisStreams, type StreamEntry } from './redis-streams.ts';

const blockMs = 500;
const batch = 256;
/** More keys than this wait on the server, which forgets the oldest once its streams are full. */
const maxBusyKeys = 1_000;

/** A subscriber of its own: reads every stream from where it ended when this began. */
export class BroadcastListener {
  readonly #streams: RedisStreams;
  readonly #subscription: BusSubscription;
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #reader: Redis;
  readonly #queues = new KeyQueues();
  readonly #stopping = new AbortController();
  #places = new Map<string, string>();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    streams: RedisStreams,
    subscription: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    this.#streams = streams;
    this.#subscription = subscription;
    this.#handle = handle;
    this.#reader = streams.connection();
  }

  async start(): Promise<void> {
    const { commands } = this.#streams;
    const names = this.#streams.streamsOf(this.#subscription.topics);
    try {
      const ends = await this.#streams.run(commands, () =>
        Promise.all(names.map((name) => commands.xrevrange(name, '+', '-', 'COUNT', 1))),
      );
      this.#places = new Map(names.map((name, i) => [name, ends[i]?.[0]?.[0] ?? '0']));
    } catch (error) {
      this.#reader.disconnect();
      throw error;
    }
    this.#loop = this.#listen();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#reader.disconnect();
    await this.#loop;
    await this.#queues.idle();
  }

  async #listen(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (this.#queues.busy > maxBusyKeys) {
        await pause(20, this.#stopping.signal);
        continue;
      }
      try {
        await this.#read();
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#streams.trouble(error);
        await pause(200, this.#stopping.signal);
      }
    }
  }

  async #read(): Promise<void> {
    const reply = await this.#reader.call(
      ...(['XREAD', 'COUNT', batch, 'BLOCK', blockMs, 'STREAMS'] as const),
      ...[...this.#places.keys(), ...this.#places.values()],
    );
    for (const [name, entries] of entriesByStream(reply)) {
      for (const entry of entries) this.#take(entry);
      this.#places.set(name, entries.at(-1)?.id ?? this.#places.get(name) ?? '0');
    }
  }

  #take({ text }: StreamEntry): void {
    const message = text === null ? null : decodeMessage(text);
    if (message === null) return;
    this.#queues.add(`${message.topic} ${message.key}`, async () => {
      if (this.#stopping.signal.aborted) return;
      const delivery = { ...message, attempt: 1 };
      const trouble = (detail: string): void => this.#streams.trouble(detail);
      await triedOnce(this.#subscription, delivery, this.#handle, trouble);
    });
  }
}
