import type { Currency, InstrumentKind, TimedBars, Timeframe } from '@plimsoll/domain';
import type { Day, Fault, Result } from '@plimsoll/kernel';
import type { ProviderHealth } from './provider-health.ts';
import type { ProviderSymbol } from './provider-symbol.ts';
import type { Quote, QuoteStream, QuoteStreamSink } from './quotes.ts';

export type { ProviderSymbol };

/** Daily bars of one instrument, oldest first, one entry per day that traded. NaN where a field is unknown. */
export interface DailyBars {
  /** Days since 1970-01-01, strictly rising. */
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Unadjusted, in the instrument's price unit. */
  readonly close: Float64Array;
  /** The provider's adjusted close; NaN where it gives none. */
  readonly adjustedClose: Float64Array;
  readonly volume: Float64Array;
}

export type MarketDataFault = Fault & {
  readonly code:
    | 'market-data.unknown-symbol'
    /** The reply is not what the provider documents: an error page, cut short, not the right symbol. */
    | 'market-data.unreadable'
    /** No reply in time, a broken connection, a server error, or the breaker is open. */
    | 'market-data.unavailable'
    | 'market-data.no-data'
    | 'market-data.rate-limited'
    /** The key is missing or refused. */
    | 'market-data.unauthorised'
    /** The provider, or the plan that the key belongs to, does not offer this. */
    | 'market-data.not-covered';
  /** When it is worth asking again, where the provider said so. */
  readonly retryAfterMs?: number;
};

export const providerActionKinds = [
  'split',
  'dividend',
  'special-dividend',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'return-of-capital',
  'delisting',
] as const;

/** A corporate action as a provider tells it. */
export interface ProviderAction {
  /** The day on which it takes effect: the ex-day. */
  readonly day: Day;
  readonly kind: (typeof providerActionKinds)[number];
  /**
   * Split: new units per old. Stock dividend: new units beside each old one. Dividend, return of
   * capital, delisting: cash per unit in `currency`. Spin-off: units of the child per unit. Merger:
   * units of the successor per unit (0: cash only). Symbol change: 1.
   */
  readonly value: number;
  readonly currency?: Currency;
  readonly payDay?: Day;
  /** Symbol of the child, the successor, or the new symbol. */
  readonly other?: string;
  /** Merger: cash per unit beside the units. Spin-off: share of the cost that goes to the child. */
  readonly second?: number;
}

/** A row that was not taken. */
export interface RejectedBar {
  /** As written; empty where the row has none. */
  readonly day: string;
  readonly reason: string;
  /** Line of the file, 1-based. */
  readonly line?: number;
  /** The row as it was written, cut to 200 characters. */
  readonly row?: string;
}

export interface DailyHistory {
  readonly bars: DailyBars;
  /** Oldest first. */
  readonly actions: readonly ProviderAction[];
  readonly currency: Currency | null;
  /** Whether later splits are undone in the prices, as some providers do; as traded where absent. */
  readonly prices?: 'as-traded' | 'split-adjusted';
  /** Rows that were not taken, with the reason; they go to quarantine. */
  readonly rejected: readonly RejectedBar[];
  /** What is odd about the series as a whole, one sentence each. */
  readonly notes?: readonly string[];
}

/** Intraday history of one instrument. */
export interface IntradayHistory {
  readonly bars: TimedBars;
  readonly currency: Currency | null;
  readonly rejected: readonly RejectedBar[];
}

/** What a source can be asked for. */
export interface MarketDataCapabilities {
  readonly daily: boolean;
  readonly actions: boolean;
  readonly fx: boolean;
  /** Kinds of instruments it covers; all where absent. */
  readonly kinds?: readonly InstrumentKind[];
  readonly search?: boolean;
  readonly intraday?: readonly Timeframe[];
  readonly quotes?: boolean;
  readonly stream?: boolean;
}

/**
 * A source of daily history. Ranges are half-open: `from` included, `until` excluded. A known symbol
 * with nothing in the range has no bars and no fault. A request whose signal has fired is refused as
 * `market-data.unavailable`.
 */
export interface MarketDataProvider {
  readonly id: string;
  readonly title: string;
  /** True for a simulated market: everything it gives is labelled. */
  readonly simulated: boolean;
  readonly capabilities: MarketDataCapabilities;
  /** Symbols it can list, at most `limit`. */
  search(text: string, limit: number): Promise<Result<readonly ProviderSymbol[], MarketDataFault>>;
  daily(
    symbol: ProviderSymbol,
    from: Day,
    until: Day,
    signal: AbortSignal,
  ): Promise<Result<DailyHistory, MarketDataFault>>;
  /** Bars that began in the range, in milliseconds; of a timeframe that its capabilities name. */
  intraday?(
    symbol: ProviderSymbol,
    timeframe: Timeframe,
    from: number,
    until: number,
    signal: AbortSignal,
  ): Promise<Result<IntradayHistory, MarketDataFault>>;
  /** The latest quote of each symbol that it knows; those that it does not are left out. */
  quotes?(
    symbols: readonly ProviderSymbol[],
    signal: AbortSignal,
  ): Promise<Result<readonly Quote[], MarketDataFault>>;
  /** Begins a stream without symbols; it reconnects by itself until the signal fires. */
  stream?(sink: QuoteStreamSink, signal: AbortSignal): QuoteStream;
  /** For a source on the network: how it has answered so far. */
  health?(): ProviderHealth;
}

/** The history of one instrument as a file gives it. */
export interface PriceFileSeries {
  readonly symbol: string;
  /** Whether the symbol is from the file's name, which may be in small letters whatever it names. */
  readonly namedByFile?: boolean;
  readonly history: DailyHistory;
}

/** Reads the price files of one format. Total: any bytes give series or a fault that names the file. */
export interface PriceFileReader {
  /** Whether the file is of this format, by its unpacked head. */
  recognises(head: string): boolean;
  /** Bytes as they are on disk, packed with gzip or not. */
  read(name: string, bytes: Uint8Array): Result<readonly PriceFileSeries[], MarketDataFault>;
}

/** All that the rest of the system knows of one source: what its folder exports by default. */
export interface MarketDataDefinition<Config> {
  readonly id: string;
  readonly title: string;
  /** For a source on the network: where it is described, and what a user must know before using it. */
  readonly about?: {
    readonly site: string;
    readonly key: 'none' | 'optional' | 'needed';
    /** One or two sentences: limits of the free plan, terms, what it does not have. */
    readonly terms: string;
    readonly capabilities: MarketDataCapabilities;
  };
  /** Checks the settings at start; throws with all mistakes in them. None: it needs no settings. */
  readonly config?: { parse(settings: unknown): Config };
  create(config: Config, world?: ProviderWorld): MarketDataProvider;
  /** For a source that also reads files which a user brings. */
  readonly file?: PriceFileReader;
}

/** How a source reaches the network and the time; tests pass a clock and waiting of their own. */
export interface ProviderWorld {
  readonly nowMs: () => number;
  /** Resolves after so long, rejects with the signal's reason where it fires first. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}
