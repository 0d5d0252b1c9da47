// https://redis.io/docs/latest/commands/xreadgroup/ and xautoclaim, read on 2026-11-21.
import type { BusWorld } from '@plimsoll/ports';
import { Redis } from 'ioredis';
import { type BusAddress, withoutSecrets } from '../../bus-kit/bus-address.ts';
import { partitionOf } from '../../bus-kit/partition-of.ts';
import { reasonOf, rethrowBug, unavailable } from '../../bus-kit/refusals.ts';

/** Each topic is so many streams, so that several members can share it and each key keeps its order. */
const partitions = 8;
/** How long a command may wait for a connection or an answer. */
const patienceMs = 3_000;

/** One entry of a stream; without text where it was trimmed before it was taken. */
export interface StreamEntry {
  readonly id: string;
  readonly text: string | null;
}

/** The server, the names of our things on it, and the connection that all short commands share. */
export class RedisStreams {
  readonly world: BusWorld;
  readonly shown: string;
  readonly commands: Redis;
  readonly #address: BusAddress;
  #lastTrouble = '';

  constructor(address: BusAddress, world: BusWorld) {
    this.#address = address;
    this.world = world;
    this.shown = address.shown;
    this.commands = this.connection();
  }

  /** A connection that comes back by itself. One that waits for messages belongs to its subscription. */
  connection(): Redis {
    const url = new URL(this.#address.url);
    url.search = '';
    const redis = new Redis(url.href, this.#options());
    redis.setMaxListeners(0); // each command that waits for the connection listens
    redis.on('error', (error) => this.trouble(error));
    redis.on('ready', () => {
      this.#lastTrouble = '';
    });
    return redis;
  }

  #options() {
    return {
      // With version 3 the shape of nested replies depends on the client's version.
      protocol: 2 as const,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: patienceMs,
      commandTimeout: patienceMs,
      retryStrategy: (times: number) => {
        const ceiling = Math.min(2_000, 50 * 2 ** Math.min(10, times));
        return ceiling / 2 + this.world.random() * (ceiling / 2);
      },
    };
  }

  /** Tells of a trouble once, until something else or a recovery happens. */
  trouble(error: unknown): void {
    const reason = withoutSecrets(reasonOf(error), this.#address.url);
    if (reason === this.#lastTrouble) return;
    this.#lastTrouble = reason;
    this.world.onTrouble?.(`Redis at ${this.shown}: ${reason}`);
  }

  /** Runs commands once there is a connection; what goes wrong becomes a refusal. */
  async run<T>(redis: Redis, work: () => Promise<T>): Promise<T> {
    try {
      await isReady(redis);
      return await work();
    } catch (error) {
      rethrowBug(error);
      throw unavailable(this.shown, withoutSecrets(reasonOf(error), this.#address.url));
    }
  }

  /** A name of ours on the server. */
  name(...words: readonly string[]): string {
    return [this.#address.prefix, ...words].join(':');
  }

  streamsOf(topics: readonly string[]): string[] {
    return topics.flatMap((topic) =>
      Array.from({ length: partitions }, (_, at) => this.name('stream', topic, String(at))),
    );
  }

  streamOf(topic: string, key: string): string {
    return this.name('stream', topic, String(partitionOf(key, partitions)));
  }
}

async function isReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  const signal = AbortSignal.timeout(patienceMs);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  redis.once('ready', resolve);
  let why = 'no connection';
  const note = (error: Error): void => {
    why = error.message;
  };
  redis.on('error', note);
  signal.addEventListener('abort', () => reject(new Error(why)));
  try {
    await promise;
  } finally {
    redis.off('ready', resolve);
    redis.off('error', note);
  }
}

type RawEntry = readonly [id: string, fields: readonly string[] | null];

/** Entries of a range. */
export const entriesOf = (reply: unknown): StreamEntry[] =>
  ((reply ?? []) as RawEntry[]).map(([id, fields]) => ({ id, text: fields?.[1] ?? null }));

/** Entries by stream, of a read over several. */
export const entriesByStream = (reply: unknown): [stream: string, entries: StreamEntry[]][] =>
  ((reply ?? []) as [string, RawEntry[]][]).map(([stream, entries]) => [
    stream,
    entriesOf(entries),
  ]);
