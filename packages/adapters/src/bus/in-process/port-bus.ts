import type { MessagePort } from 'node:worker_threads';
import type { Bus, BusMessage, BusSubscription, Delivery, TakeDead } from '@plimsoll/ports';
import { closed } from '../../bus-kit/refusals.ts';
import type { Answer, Request, Take } from './protocol.ts';
import { Talk } from './talk.ts';

interface Taker {
  readonly handle: (delivery: Delivery) => Promise<void>;
  readonly onDead?: TakeDead | undefined;
}

/** The bus of the process, seen from another of its threads. */
export class PortBus implements Bus {
  readonly id = 'in-process';
  readonly #talk: Talk<Request, Take>;
  readonly #takers = new Map<number, Taker>();
  #next = 0;

  constructor(port: MessagePort) {
    this.#talk = new Talk(port, (taken) => this.#take(taken));
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    await this.#talk.ask({ kind: 'publish', messages });
  }

  async subscribe(
    { onDead, ...rest }: BusSubscription,
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    const number = this.#next++;
    this.#takers.set(number, { handle, onDead });
    const subscription = { ...rest, takesDead: onDead !== undefined };
    await this.#talk.ask({ kind: 'subscribe', number, subscription });
    return {
      stop: async (): Promise<void> => {
        if (this.#talk.over.aborted) return;
        await this.#talk.ask({ kind: 'stop', number });
        this.#takers.delete(number);
      },
    };
  }

  async replay(
    topics: readonly string[],
    since: string,
    handle: (delivery: Delivery) => Promise<void>,
  ): Promise<void> {
    const number = this.#next++;
    this.#takers.set(number, { handle });
    await this.#talk.ask({ kind: 'replay', number, topics, since });
    this.#takers.delete(number);
  }

  async health() {
    if (this.#talk.over.aborted) return down;
    return (await this.#talk.ask({ kind: 'health' })).value ?? down;
  }

  async close(): Promise<void> {
    if (this.#talk.over.aborted) return;
    // The thread that has the bus may be closing it just now; then there is nothing left to stop.
    await Promise.allSettled(
      [...this.#takers.keys()].map((number) => this.#talk.ask({ kind: 'stop', number })),
    );
    this.#takers.clear();
    const over = new Promise((resolve) => this.#talk.over.addEventListener('abort', resolve));
    this.#talk.end();
    await over;
  }

  async #take({ number, delivery, reason }: Take): Promise<Answer> {
    const taker = this.#takers.get(number);
    if (taker === undefined) throw closed();
    if (reason === null) await taker.handle(delivery);
    else await taker.onDead?.(delivery, reason);
    return { ok: true, value: null };
  }
}

const down = { state: 'down', detail: 'It was closed.', epoch: null } as const;
