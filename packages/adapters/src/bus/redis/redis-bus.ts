import type { Bus, BusHealth, BusMessage, BusSubscription, Delivery } from '@plimsoll/ports';
import { checkSubscription, checkTopics } from '../../bus-kit/names.ts';
import { closed, reasonOf } from '../../bus-kit/refusals.ts';
import { decodeMessage, encodeMessage } from '../../bus-kit/wire-message.ts';
import { BroadcastListener } from './broadcast-listener.ts';
import { GroupMember } from './group-member.ts';
import { entriesOf, type RedisStreams } from './redis-streams.ts';

/** Of each stream; what is beyond is forgotten, oldest first, and comes again from the outbox. */
const keptEntries = 100_000;
const page = 500;
/** Clocks of hosts differ; the server's tells where a replay begins to look. */
const clockSlackMs = 300_000;

/** A bus over Redis Streams. */
export class RedisBus implements Bus {
  readonly id = 'redis';
  readonly #streams: RedisStreams;
  readonly #running = new Set<{ stop(): Promise<void> }>();
  #closing: Promise<void> | undefined;

  constructor(streams: RedisStreams) {
    this.#streams = streams;
  }

  /** One transaction of the server: all of them, or none. */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#refuseClosed();
    const { commands } = this.#streams;
    const texts = messages.map(encodeMessage);
    if (texts.length === 0) return;
    await this.#streams.run(commands, async () => {
      const transaction = commands.multi();
      messages.forEach(({ topic, key }, i) => {
        const stream = this.#streams.streamOf(topic, key);
        transaction.xadd(stream, 'MAXLEN', '~', keptEntries, '*', 'message', texts[i] ?? '');
      });
      const outcomes = await transaction.exec();
      const failed = outcomes === null ? new Error('the transaction was dropped') : undefined;
      const error = failed ?? outcomes?.find(([each]) => each !== null)?.[0];
      if (error) throw error;
    });
  }

  async subscribe(subscription: BusSubscription, handle: (delivery: Delivery) => Promise<void>) {
    this.#refuseClosed();
    checkSubscription(subscription);
    const { group } = subscription;
    const subscriber =
      group === null
        ? new BroadcastListener(this.#streams, subscription, handle)
        : new GroupMember(this.#streams, { ...subscription, group }, handle);
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
    for (const stream of this.#streams.streamsOf(topics)) {
      await this.#replayStream(stream, since, handle);
    }
  }

  async #replayStream(
    stream: string,
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    const { commands } = this.#streams;
    const ask = <T>(work: () => Promise<T>): Promise<T> => this.#streams.run(commands, work);
    const ends = await ask(() => commands.xrevrange(stream, '+', '-', 'COUNT', 1));
    const end = ends[0]?.[0];
    let next: string | undefined = String(Math.max(0, Date.parse(since) - clockSlackMs));
    while (end !== undefined && next !== undefined) {
      const start: string = next;
      const entries = entriesOf(
        await ask(() => commands.xrange(stream, start, end, 'COUNT', page)),
      );
      for (const { text } of entries) {
        const message = text === null ? null : decodeMessage(text);
        if (message !== null && message.at >= since) await handle({ ...message, attempt: 1 });
      }
      const last = entries.at(-1)?.id;
      next = last === undefined || last === end ? undefined : `(${last}`;
    }
  }

  async health(): Promise<BusHealth> {
    if (this.#closing !== undefined)
      return { state: 'down', detail: 'It was closed.', epoch: null };
    const { commands, world, shown } = this.#streams;
    try {
      const epoch = await this.#streams.run(commands, async () => {
        const name = this.#streams.name('epoch');
        await commands.set(name, `${world.clock.now()} ${world.random()}`, 'NX');
        return commands.get(name);
      });
      return { state: 'up', detail: `Redis at ${shown}.`, epoch };
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
    this.#streams.commands.disconnect();
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw closed();
  }
}
