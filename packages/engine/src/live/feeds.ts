import type { MarketDataProvider, ProviderSymbol, ProviderWorld, Quote } from '@plimsoll/ports';
import { Feed, type FeedState } from './feed.ts';
import type { LiveInstrument } from './live-instrument.ts';
import type { LiveSettings } from './live-settings.ts';
import { priceScale } from './price-scale.ts';
import { batchOf } from './quote-batch.ts';
import { fieldOf } from './quote-board.ts';
import type { TickIntake } from './tick-intake.ts';
import type { SymbolTerms } from './tick-source.ts';

interface FeedsOptions {
  readonly providers: readonly MarketDataProvider[];
  readonly intake: TickIntake;
  readonly world: ProviderWorld;
  readonly settings: LiveSettings;
  readonly signal: AbortSignal;
}

/**
 * The feeds of all providers, and which of them is asked for what: an instrument's preferred one
 * always, the next ones where those before them are lost or silent.
 */
export class Feeds {
  readonly #options: FeedsOptions;
  readonly #feeds = new Map<string, Feed>();
  #instruments: readonly LiveInstrument[] = [];
  /** By provider and symbol. */
  #symbols = new Map<string, Map<string, SymbolTerms>>();

  constructor(options: FeedsOptions) {
    this.#options = options;
  }

  /** Quotes of these instruments are wanted from now on, instead of those before. */
  want(instruments: readonly LiveInstrument[]): void {
    this.#instruments = instruments;
    const { intake } = this.#options;
    const symbols = new Map<string, Map<string, SymbolTerms>>();
    this.#symbols = symbols;
    for (const instrument of instruments) {
      const of = intake.enter(instrument);
      for (const [rank, { provider, symbol }] of instrument.sources.entries()) {
        const wanted = symbols.get(provider) ?? new Map<string, SymbolTerms>();
        symbols.set(provider, wanted);
        // The first of two instruments that a provider calls by one name.
        if (!wanted.has(symbol.symbol)) wanted.set(symbol.symbol, { of, rank });
      }
    }
    for (const provider of this.#options.providers) {
      intake.source(provider.id).want(symbols.get(provider.id) ?? new Map());
    }
    this.tend();
  }

  /** Looks after the feeds: asks others where one has gone, marks as stale what is not kept up. */
  tend(): void {
    const { intake, world } = this.#options;
    const now = world.nowMs();
    const wanted = this.#assigned(now);
    for (const [id, symbols] of wanted) this.#feed(id)?.want(symbols);
    for (const [id, feed] of this.#feeds) {
      if (!wanted.has(id)) feed.want([]);
      intake.setUsable(intake.source(id), feed.isOpen);
    }
  }

  states(): readonly FeedState[] {
    const now = this.#options.world.nowMs();
    return [...this.#feeds.values()].map((feed) => feed.state(now));
  }

  /** Resolves once the signal has fired and every feed is closed. */
  async ended(): Promise<void> {
    await Promise.all([...this.#feeds.values()].map((feed) => feed.ended));
  }

  #assigned(now: number): ReadonlyMap<string, readonly ProviderSymbol[]> {
    const wanted = new Map<string, ProviderSymbol[]>();
    for (const { sources } of this.#instruments) {
      for (const { provider, symbol } of sources) {
        const symbols = wanted.get(provider) ?? [];
        symbols.push(symbol);
        wanted.set(provider, symbols);
        // A feed begins in doubt; the next one is not asked before it had a chance.
        const feed = this.#feeds.get(provider);
        if (feed === undefined || !feed.isDoubtful(now) || isBeginning(feed, now)) break;
      }
    }
    return wanted;
  }

  /** Quotes say their currency themselves; those in another one than the instrument's are passed over. */
  #takeQuotes(provider: string, quotes: readonly Quote[], now: number): void {
    const { intake } = this.#options;
    const usable: Quote[] = [];
    const scales: number[] = [];
    for (const quote of quotes) {
      const terms = this.#symbols.get(provider)?.get(quote.symbol);
      const instrument = terms && intake.instruments[terms.of];
      if (terms === undefined || instrument === undefined) continue;
      const scale = priceScale(instrument, quote.currency);
      if (scale === null) continue;
      usable.push(quote);
      scales.push(scale);
      if (quote.previousClose > 0 && quote.previousClose < 1e12) {
        intake.board.set(terms.of, fieldOf.previousClose, quote.previousClose * scale);
      }
    }
    intake.take(intake.source(provider), batchOf(usable, scales), now);
  }

  /** The feed of a provider, begun where it is first needed. */
  #feed(id: string): Feed | undefined {
    const known = this.#feeds.get(id);
    if (known !== undefined) return known;
    const { providers, intake, world, settings, signal } = this.#options;
    const provider = providers.find((one) => one.id === id);
    if (provider === undefined) return undefined;
    const source = intake.source(id);
    const feed = new Feed({
      provider,
      world,
      settings,
      signal,
      onTicks: (batch, now) => intake.take(source, batch, now),
      onQuotes: (quotes, now) => this.#takeQuotes(id, quotes, now),
    });
    this.#feeds.set(id, feed);
    return feed;
  }
}

const beginningMs = 10_000;

const isBeginning = (feed: Feed, now: number): boolean => {
  const { state, since } = feed.state(now);
  return state === 'connecting' && now - Date.parse(since) < beginningMs;
};
