import { type LiveNews, QuoteDesk, quoteEvent } from '@plimsoll/engine';
import type { Bus } from '@plimsoll/ports';

interface BulletinOptions {
  readonly bus: Pick<Bus, 'publish'>;
  readonly newId: () => string;
  readonly now: () => string;
  readonly onTrouble: (detail: string) => void;
}

/**
 * Publishes quotes as `market.quotes`: one message is on its way at a time, and the next one holds the
 * newest of all that changed meanwhile, so that nothing queues for a slow bus. What a bus that is away
 * misses is missed.
 */
export class QuoteBulletins {
  readonly #options: BulletinOptions;
  readonly #desk = new QuoteDesk();
  #busy = false;
  #isDown = false;

  constructor(options: BulletinOptions) {
    this.#options = options;
  }

  hear(news: LiveNews): void {
    this.#desk.hear(news);
    if (!this.#busy) void this.#publish();
  }

  async #publish(): Promise<void> {
    const { bus, newId, now, onTrouble } = this.#options;
    this.#busy = true;
    for (;;) {
      const update = this.#desk.board.take();
      if (update === null) break;
      const payload = quoteEvent(update, this.#desk.quoteIds);
      const about = { topic: 'market.quotes', key: 'all', workspaceId: null };
      try {
        await bus.publish([{ ...about, id: newId(), at: now(), payload }]);
        this.#isDown = false;
      } catch (error) {
        // Told once, not with every message.
        if (!this.#isDown) onTrouble(`Quotes do not reach the bus: ${String(error)}`);
        this.#isDown = true;
      }
    }
    this.#busy = false;
  }
}
