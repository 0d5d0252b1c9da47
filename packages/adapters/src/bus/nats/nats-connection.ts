// https://docs.nats.io/nats-concepts/jetstream/consumers, read on 2026-11-21.
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { BusWorld } from '@plimsoll/ports';
import { type BusAddress, withoutSecrets } from '../../bus-kit/bus-address.ts';
import { pause } from '../../bus-kit/pause.ts';
import { reasonOf, rethrowBug, unavailable } from '../../bus-kit/refusals.ts';

/** Each topic is so many subjects, so that several members can share it and each key keeps its order. */
export const partitions = 8;
/** How long a call may wait for a connection or an answer. */
const patienceMs = 3_000;
const second = 1e9;
/** Kept so long for replay and for groups that are away; what a group missed comes from the outbox. */
const maxAgeNs = 7 * 24 * 3600 * second;
const duplicateWindowNs = 120 * second;

/** A connection that is up. */
export interface Connected {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

/** The server and our stream on it; connects by itself, and again. */
export class NatsServer {
  readonly world: BusWorld;
  readonly shown: string;
  readonly prefix: string;
  readonly #address: BusAddress;
  readonly #closing = new AbortController();
  readonly #reconnected = new EventTarget();
  readonly #first = Promise.withResolvers<Connected>();
  readonly #connecting: Promise<void>;
  #lastTrouble = '';

  constructor(address: BusAddress, world: BusWorld) {
    this.#address = address;
    this.world = world;
    this.shown = address.shown;
    this.prefix = address.prefix;
    this.#first.promise.catch(() => undefined); // whoever waits for it hears of it
    this.#connecting = this.#connect();
  }

  async #connect(): Promise<void> {
    for (let tries = 0; !this.#closing.signal.aborted; tries++) {
      try {
        const connection = await connect(this.#options());
        const client = jetstream(connection, { timeout: patienceMs });
        const manager = await jetstreamManager(connection, {
          timeout: patienceMs,
          checkAPI: false,
        });
        this.#first.resolve({ connection, client, manager });
        void this.#follow(connection);
        return;
      } catch (error) {
        this.trouble(error);
        const ceiling = Math.min(2_000, 50 * 2 ** tries);
        await pause(ceiling * (0.5 + this.world.random() / 2), this.#closing.signal);
      }
    }
  }

  #options(): NodeConnectionOptions {
    const { url } = this.#address;
    const [user, pass] = [url.username, url.password].map(decodeURIComponent);
    const anonymous = user === '' || user === undefined;
    const who = anonymous
      ? {}
      : pass === '' || pass === undefined
        ? { token: user }
        : { user, pass };
    return {
      servers: url.port === '' ? `${url.hostname}:4222` : url.host,
      ...who,
      ...(url.protocol === 'tls:' ? { tls: {} } : {}),
      timeout: patienceMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      pingInterval: 10_000,
    };
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') {
        this.#lastTrouble = '';
        this.#reconnected.dispatchEvent(new Event('reconnect'));
      } else if (status.type === 'disconnect') this.trouble(new Error('the connection was lost'));
      else if (status.type === 'error') this.trouble(status.error);
    }
  }

  /** Calls back each time the connection was lost and is there again; gives what ends that. */
  onReconnect(call: () => void): () => void {
    this.#reconnected.addEventListener('reconnect', call);
    return () => this.#reconnected.removeEventListener('reconnect', call);
  }

  /** Tells of a trouble once, until something else or a recovery happens. */
  trouble(error: unknown): void {
    const reason = withoutSecrets(reasonOf(error), this.#address.url);
    if (reason === this.#lastTrouble) return;
    this.#lastTrouble = reason;
    this.world.onTrouble?.(`NATS at ${this.shown}: ${reason}`);
  }

  /** Runs calls once there is a connection; what goes wrong becomes a refusal. */
  async run<T>(work: (connected: Connected) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(patienceMs);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () =>
        reject(new Error(this.#lastTrouble || 'no connection')),
      );
    });
    try {
      return await work(await Promise.race([this.#first.promise, late]));
    } catch (error) {
      rethrowBug(error);
      throw unavailable(this.shown, withoutSecrets(reasonOf(error), this.#address.url));
    }
  }

  /** Our stream; made where it is not there, or was lost with its server. */
  async stream({ manager }: Connected): Promise<StreamInfo> {
    try {
      return await manager.streams.info(this.prefix);
    } catch (error) {
      const missing =
        error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
      if (!missing) throw error;
    }
    return manager.streams.add({
      name: this.prefix,
      subjects: [`${this.prefix}.>`],
      max_age: maxAgeNs,
      duplicate_window: duplicateWindowNs,
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting;
    this.#first.reject(new Error('closed'));
    const connected = await this.#first.promise.catch(() => undefined); // it never came to one
    await connected?.connection.close();
  }
}
