import type { BusMessage, BusSubscription, Delivery } from '@plimsoll/ports';
import { KeyQueues } from '../../bus-kit/key-queues.ts';
import { pause } from '../../bus-kit/pause.ts';
import { retryDelayMs, tried } from '../../bus-kit/trying.ts';
import type { MessageLog } from './message-log.ts';

/** Whoever handles messages: a function of this thread, or a thread at the other end of a port. */
export interface Member {
  readonly subscription: BusSubscription;
  handle(delivery: Delivery): Promise<void>;
  /** Fires once nothing can be brought to it any more. */
  readonly gone: AbortSignal;
}

/** Keys that may have work at once; those that come after wait in the log. */
const maxBusyKeys = 256;

/** Members that share the messages of some topics, and how far they have come in the log. */
export class Group {
  readonly #log: MessageLog;
  readonly #topics: ReadonlySet<string>;
  readonly #queues = new KeyQueues();
  readonly #members: { readonly member: Member; readonly running: Set<Promise<unknown>> }[] = [];
  #cursor: number;
  #turn = 0;
  #joined = Promise.withResolvers<void>();

  constructor(log: MessageLog, { topics, from }: BusSubscription) {
    this.#log = log;
    this.#topics = new Set(topics);
    this.#cursor = from === 'new' ? log.next : log.first;
  }

  /** Gives what to call so that the member leaves: resolves once what it has in hand has ended. */
  join(member: Member): () => Promise<void> {
    const entry = { member, running: new Set<Promise<unknown>>() };
    this.#members.push(entry);
    this.#joined.resolve();
    this.#joined = Promise.withResolvers();
    this.advance();
    return async () => {
      const at = this.#members.indexOf(entry);
      if (at >= 0) this.#members.splice(at, 1);
      await Promise.all(entry.running);
    };
  }

  /** Takes in what the log has, as far as there is room and anyone to take it. */
  advance(): void {
    this.#cursor = Math.max(this.#cursor, this.#log.first);
    while (
      this.#members.length > 0 &&
      this.#cursor < this.#log.next &&
      this.#queues.busy < maxBusyKeys
    ) {
      const message = this.#log.at(this.#cursor++);
      if (message === undefined || !this.#topics.has(message.topic)) continue;
      this.#queues.add(`${message.topic} ${message.key}`, async () => {
        await this.#deliver(message);
        queueMicrotask(() => this.advance());
      });
    }
  }

  /** Tries until someone is done with it. With nobody there it waits for a member, for good if need be. */
  async #deliver(message: BusMessage): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const entry = await this.#nextMember();
      const { member, running } = entry;
      const trying = tried(member.subscription, { ...message, attempt }, member.handle);
      running.add(trying);
      const done = await trying.finally(() => running.delete(trying));
      if (done) return;
      await pause(retryDelayMs(member.subscription, attempt), member.gone);
    }
  }

  async #nextMember() {
    for (;;) {
      const entry = this.#members[this.#turn++ % Math.max(1, this.#members.length)];
      if (entry !== undefined) return entry;
      await this.#joined.promise;
    }
  }
}
