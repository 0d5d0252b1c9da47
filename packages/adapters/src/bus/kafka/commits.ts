import type { Consumer } from '@platformatic/kafka';

/** Tells the cluster how far a member has come, together for all that ended meanwhile. */
export class Commits {
  readonly #consumer: Consumer<string, string, string, string>;
  readonly #onTrouble: (error: unknown) => void;
  readonly #waiting = new Map<string, { topic: string; partition: number; offset: bigint }>();
  #sending: Promise<void> | undefined;

  constructor(
    consumer: Consumer<string, string, string, string>,
    onTrouble: (error: unknown) => void,
  ) {
    this.#consumer = consumer;
    this.#onTrouble = onTrouble;
  }

  /** Everything of the partition before the offset is done with. */
  upTo(topic: string, partition: number, offset: bigint): void {
    this.#waiting.set(`${topic}:${partition}`, { topic, partition, offset });
    this.#sending ??= this.#send();
  }

  /** Resolves once all of it was told, or could not be. */
  async told(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.size > 0) {
      const offsets = [...this.#waiting.values()].map((one) => ({ ...one, leaderEpoch: -1 }));
      this.#waiting.clear();
      try {
        await this.#consumer.commit({ offsets });
      } catch (error) {
        // Then it comes again; whoever acts on it has its id in the inbox.
        this.#onTrouble(error);
      }
    }
    this.#sending = undefined;
  }
}
