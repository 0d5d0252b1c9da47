import { addDays, type Day } from '@plimsoll/kernel';
import {
  type BarStore,
  liveTimeframes,
  marketWorkspace,
  type ProviderWorld,
  type TickStore,
} from '@plimsoll/ports';
import type { LiveSettings } from './live-settings.ts';

interface HotDaysOptions {
  readonly store: TickStore;
  /** Where bars go before their days are dropped. */
  readonly bars: BarStore;
  readonly world: ProviderWorld;
  readonly settings: LiveSettings;
}

/**
 * Makes room for the days to come, and moves the bars of old days to the files of bars before it drops
 * them. Cut off at any point it goes on by doing the day at hand again, which changes nothing.
 */
export class HotDays {
  readonly #options: HotDaysOptions;
  #preparedFor: Day | null = null;

  constructor(options: HotDaysOptions) {
    this.#options = options;
  }

  /** To be called at least once a day. */
  async tend(): Promise<void> {
    const { store, world } = this.#options;
    const today = new Date(world.nowMs()).toISOString().slice(0, 10);
    if (this.#preparedFor === today) return;
    await store.prepare(addDays(today, -1), addDays(today, 1));
    this.#preparedFor = today;
    await this.#retire(today);
  }

  async #retire(today: Day): Promise<void> {
    const { store, settings } = this.#options;
    const keptFrom = addDays(today, -settings.keepDays);
    for (;;) {
      const first = await store.firstDay();
      if (first === null || first >= keptFrom) return;
      await this.#move(first);
      await store.drop(addDays(first, 1));
    }
  }

  async #move(day: Day): Promise<void> {
    const { store, bars } = this.#options;
    const from = Date.parse(`${day}T00:00:00Z`);
    const until = Date.parse(`${addDays(day, 1)}T00:00:00Z`);
    for (const instrumentId of await store.instruments(from, until)) {
      for (const timeframe of liveTimeframes) {
        const found = await store.bars(instrumentId, timeframe, from, until);
        if (found.from.length === 0) continue;
        await bars.write(marketWorkspace, instrumentId, {
          timeframe,
          bars: found,
          source: 'live',
        });
      }
    }
  }
}
