// https://kafka.apache.org/protocol and https://github.com/platformatic/kafka, read on 2026-11-21.
import type { BaseOptions, Message } from '@platformatic/kafka';
import type { BusWorld } from '@plimsoll/ports';
import { type BusAddress, withoutSecrets } from '../../bus-kit/bus-address.ts';
import { reasonOf, rethrowBug, unavailable } from '../../bus-kit/refusals.ts';

/** A message as the client gives it, its value as text. */
export type KafkaMessage = Message<string, string, string, string>;

/** How long a call may wait for a connection or an answer. */
const patienceMs = 3_000;

/** The cluster, the names of our things on it, and how to reach it. */
export class KafkaServer {
  readonly world: BusWorld;
  readonly shown: string;
  readonly #address: BusAddress;
  #lastTrouble = '';

  constructor(address: BusAddress, world: BusWorld) {
    this.#address = address;
    this.world = world;
    this.shown = address.shown;
  }

  options(): BaseOptions {
    const { url } = this.#address;
    const [username = '', password = ''] = [url.username, url.password].map(decodeURIComponent);
    return {
      clientId: 'plimsoll',
      bootstrapBrokers: [url.port === '' ? `${url.hostname}:9092` : url.host],
      connectTimeout: patienceMs,
      requestTimeout: 2 * patienceMs,
      timeout: patienceMs,
      retries: 1,
      retryDelay: 200,
      autocreateTopics: true,
      ...(url.protocol === 'kafkas:' ? { tls: {} } : {}),
      ...(username === '' ? {} : { sasl: { mechanism: 'PLAIN', username, password } }),
    };
  }

  /** A name of ours on the cluster. */
  name(word: string): string {
    return `${this.#address.prefix}.${word}`;
  }

  /** Tells of a trouble once, until something else happens. */
  trouble(error: unknown): void {
    const reason = this.#clean(error);
    if (reason === this.#lastTrouble) return;
    this.#lastTrouble = reason;
    this.world.onTrouble?.(`Kafka at ${this.shown}: ${reason}`);
  }

  /** Runs calls; what goes wrong, or takes too long, becomes a refusal. */
  async run<T>(work: () => Promise<T>, waitMs = 3 * patienceMs): Promise<T> {
    const late = new Promise<never>((_, reject) => {
      AbortSignal.timeout(waitMs).addEventListener('abort', () =>
        reject(new Error('no answer in time')),
      );
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      rethrowBug(error);
      throw unavailable(this.shown, this.#clean(error));
    }
  }

  /** The client wraps what happened in errors of its own; the innermost says most. */
  #clean(error: unknown): string {
    const inner = (error as { errors?: readonly unknown[] } | undefined)?.errors?.at(-1);
    return inner === undefined
      ? withoutSecrets(reasonOf(error), this.#address.url)
      : this.#clean(inner);
  }
}
