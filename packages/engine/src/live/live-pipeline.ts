import type {
  BarStore,
  LiveBars,
  MarketDataProvider,
  ProviderWorld,
  StoredTicks,
  TickStore,
} from '@plimsoll/ports';
import { liveTimeframes } from '@plimsoll/ports';
import type { FeedState } from './feed.ts';
import { Feeds } from './feeds.ts';
import { HotDays } from './hot-days.ts';
import type { LiveInstrument } from './live-instrument.ts';
import type { LiveSettings } from './live-settings.ts';
import type { QuoteUpdate } from './quote-board.ts';
import { TickBuffer } from './tick-buffer.ts';
import { TickIntake } from './tick-intake.ts';
import type { TickCounts } from './tick-source.ts';

/** How the pipeline is doing. */
export interface LiveStatus {
  readonly sources: readonly (FeedState & { readonly counts: Readonly<TickCounts> })[];
  /** Ticks made durable since the start. */
  readonly stored: number;
  /** Ticks given up because the database could not take them. */
  readonly lost: number;
  /** What is wrong with storing; empty where nothing is. */
  readonly trouble: string;
}

export interface LivePipelineOptions {
  readonly providers: readonly MarketDataProvider[];
  readonly store: TickStore;
  /** Where bars go before their days are dropped. */
  readonly bars: BarStore;
  readonly world: ProviderWorld;
  readonly settings: LiveSettings;
  readonly onQuotes: (update: QuoteUpdate) => void;
  readonly onStatus: (status: LiveStatus) => void;
}

/** What one flush makes durable, kept until it is. */
interface Pending {
  readonly batch: number;
  readonly ticks: StoredTicks;
  readonly bars: readonly LiveBars[];
}

/** Ticks waiting for a database that is away; beyond, the newest are given up and counted. */
const mostWaiting = 2_000_000;
const tendMs = 1_000;
const fiveMinutes = 300_000;

/** Takes ticks from providers, keeps and hands on the latest quotes, stores ticks and rolls them up. */
export class LivePipeline {
  readonly #options: LivePipelineOptions;
  readonly #intake: TickIntake;
  readonly #feeds: Feeds;
  readonly #days: HotDays;
  readonly #ending = new AbortController();
  readonly #closing = new AbortController();
  #loops: readonly Promise<void>[] = [];
  #spare = new TickBuffer();
  #pending: Pending | null = null;
  #lastBatch = 0;
  #barsAt = Number.NEGATIVE_INFINITY;
  #stored = 0;
  #lost = 0;
  #trouble = '';
  #told = '';

  constructor(options: LivePipelineOptions) {
    this.#options = options;
    const { settings, world, providers } = options;
    this.#intake = new TickIntake(settings);
    this.#feeds = new Feeds({
      providers,
      intake: this.#intake,
      world,
      settings,
      signal: this.#closing.signal,
    });
    this.#days = new HotDays(options);
  }

  /** By number, as updates count them. */
  get instruments(): readonly LiveInstrument[] {
    return this.#intake.instruments;
  }

  /** By number, as updates count them. */
  get providers(): readonly string[] {
    return this.#intake.providers;
  }

  /** Takes over what is stored of the last minutes, then begins. */
  async start(instruments: readonly LiveInstrument[]): Promise<void> {
    await this.#days.tend();
    for (const instrument of instruments) this.#intake.enter(instrument);
    await this.#restore();
    this.#feeds.want(instruments);
    const { settings } = this.#options;
    this.#loops = [
      this.#every(settings.publishMs, async () => this.#publish()),
      this.#every(settings.flushMs, () => this.#flush()),
      this.#every(tendMs, async () => this.#tend()),
      this.#every(fiveMinutes, () => this.#tendDays()),
    ];
  }

  /** Quotes of these instruments are wanted from now on, instead of those before. */
  want(instruments: readonly LiveInstrument[]): void {
    this.#feeds.want(instruments);
  }

  /** Closes the feeds, and keeps what came. */
  async stop(): Promise<void> {
    this.#closing.abort();
    await this.#feeds.ended();
    this.#ending.abort();
    await Promise.all(this.#loops);
    this.#publish();
    this.#barsAt = Number.NEGATIVE_INFINITY;
    // What could not be stored before goes first, then what came since.
    await this.#flush();
    await this.#flush();
  }

  /**
   * Bars that were open when we last ran are rolled up again from their ticks, so that none is begun
   * anew half-way. Bars that began before `from` are final.
   */
  async #restore(): Promise<void> {
    const { store, world, settings } = this.#options;
    const oldest = world.nowMs() - settings.lateMs - fiveMinutes;
    const from = Math.floor(oldest / fiveMinutes) * fiveMinutes;
    await store.replay(from, (instrumentId, provider, ticks) => {
      this.#intake.restore(instrumentId, this.#intake.source(provider), ticks, from);
    });
  }

  #publish(): void {
    const update = this.#intake.board.take();
    if (update !== null) this.#options.onQuotes(update);
  }

  #tend(): void {
    this.#feeds.tend();
    const status = this.#status();
    // Counts alone are no news.
    const text = JSON.stringify([
      status.sources.map(({ counts, ...state }) => state),
      status.trouble,
    ]);
    if (text === this.#told) return;
    this.#told = text;
    this.#options.onStatus(status);
  }

  /** How it is doing now. */
  #status(): LiveStatus {
    const sources = this.#feeds.states().map((state) => ({
      ...state,
      counts: this.#intake.source(state.id).counts,
    }));
    return { sources, stored: this.#stored, lost: this.#lost, trouble: this.#trouble };
  }

  async #tendDays(): Promise<void> {
    try {
      await this.#days.tend();
    } catch (error) {
      this.#trouble = `Old days could not be moved: ${textOf(error)}`;
    }
  }

  /** Makes durable what has come; what could not be is tried again as it was, so that nothing doubles. */
  async #flush(): Promise<void> {
    this.#pending ??= this.#freeze();
    const pending = this.#pending;
    if (pending === null) return;
    try {
      await this.#options.store.flush(pending.batch, pending.ticks, pending.bars);
      this.#stored += pending.ticks.of.length;
      this.#trouble = '';
      this.#pending = null;
      this.#spare.clear();
    } catch (error) {
      this.#trouble = `Ticks could not be stored: ${textOf(error)}`;
      this.#giveUpNewest();
    }
  }

  #freeze(): Pending | null {
    const { world, settings } = this.#options;
    const now = world.nowMs();
    const barsDue = now - this.#barsAt >= settings.barsMs;
    if (this.#intake.waiting === 0 && !barsDue) return null;
    const bars = barsDue ? this.#bars(now) : [];
    if (barsDue) this.#barsAt = now;
    const full = this.#intake.swap(this.#spare);
    this.#spare = full;
    if (full.count === 0 && bars.length === 0) return null;
    this.#lastBatch = Math.max(this.#lastBatch + 1, Math.floor(now));
    const { instrumentIds, providers } = this.#intake;
    return { batch: this.#lastBatch, ticks: full.view(instrumentIds, providers), bars };
  }

  #bars(now: number): readonly LiveBars[] {
    return liveTimeframes.flatMap((timeframe) => {
      const { of, bars } = this.#intake.drain(timeframe, now);
      const { instrumentIds } = this.#intake;
      return of.length === 0 ? [] : [{ timeframe, instrumentIds, of, bars }];
    });
  }

  /** Memory is bounded, whatever becomes of the database. */
  #giveUpNewest(): void {
    if (this.#intake.waiting <= mostWaiting) return;
    const given = this.#intake.swap(new TickBuffer());
    this.#lost += given.count;
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#ending;
    const { world } = this.#options;
    while (!signal.aborted) {
      // The signal ends the wait; the loop sees it.
      await world.wait(ms, signal).catch(() => undefined);
      if (!signal.aborted) await work();
    }
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
