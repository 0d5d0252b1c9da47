import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { pause } from '../../bus-kit/pause.ts';
import { retryDelayMs, tried } from '../../bus-kit/trying.ts';
import { decodeMessage } from '../../bus-kit/wire-message.ts';
import type { StreamEntry } from './redis-streams.ts';

/** What a held stream needs of its member. */
export interface Holder {
  readonly subscription: BusSubscription;
  handle(delivery: Delivery): Promise<void>;
  /** Tells the server that an entry is done with. */
  acknowledge(stream: string, id: string): Promise<void>;
  trouble(detail: unknown): void;
}

/** A stream that this member reads for its group, and what of it is in hand. */
export class HeldStream {
  readonly name: string;
  readonly #holder: Holder;
  readonly #queues = new KeyQueues();
  readonly #inHand = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #over = new AbortController();
  /** By `performance.now()`: what is read later may be in another's hand. */
  validUntil = 0;
  /** Where reading on in what was delivered before and not acknowledged goes on; null when it is done. */
  history: string | null = '0';

  constructor(name: string, holder: Holder) {
    this.name = name;
    this.#holder = holder;
  }

  get inHand(): number {
    return this.#inHand.size;
  }

  /** Whether it is given up, or about to be. */
  get over(): boolean {
    return this.#over.signal.aborted;
  }

  /** Queues an entry; `attempts` is how often it was delivered, this time included. */
  take({ id, text }: StreamEntry, attempts: number): void {
    if (this.over || this.#inHand.has(id)) return;
    this.#inHand.add(id);
    const message = text === null ? null : decodeMessage(text);
    this.#queues.add(message?.key ?? '', async () => {
      try {
        if (message === null) await this.#passOver(id, text);
        else await this.#work(id, { ...message, attempt: attempts });
      } catch (error) {
        // Not acknowledged, so it stays with the group and is claimed again.
        this.#holder.trouble(error);
      } finally {
        this.#inHand.delete(id);
      }
    });
  }

  async #passOver(id: string, text: string | null): Promise<void> {
    const what = text === null ? 'was trimmed before it was taken' : 'is no message of ours';
    this.#holder.trouble(`Entry ${id} of ${this.name} ${what}.`);
    await this.#holder.acknowledge(this.name, id);
  }

  async #work(id: string, first: Delivery): Promise<void> {
    const { subscription, handle } = this.#holder;
    for (let { attempt } = first; !this.over; attempt++) {
      const trying = tried(subscription, { ...first, attempt }, handle);
      this.#running.add(trying);
      const done = await trying.finally(() => this.#running.delete(trying));
      if (done) return this.#holder.acknowledge(this.name, id);
      await pause(retryDelayMs(subscription, attempt), this.#over.signal);
    }
  }

  /** Begins nothing more, and resolves once what runs has ended and was acknowledged. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#running);
    await this.#queues.idle();
  }
}
