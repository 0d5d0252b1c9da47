import type { Currency } from '@plimsoll/domain';
import type { Day, Fault, Result } from '@plimsoll/kernel';

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

/** What a provider knows an instrument by. */
export interface ProviderSymbol {
  readonly symbol: string;
  readonly isin?: string;
  readonly mic?: string;
  readonly currency?: Currency;
}

export type MarketDataFault = Fault & {
  readonly code:
    | 'market-data.unknown-symbol'
    | 'market-data.unreadable'
    | 'market-data.unavailable'
    | 'market-data.no-data';
};

export interface ProviderAction {
  readonly day: Day;
  readonly kind: 'split' | 'dividend' | 'delisting';
  /** Split: new units per old. Dividend, delisting: cash per unit in `currency`. */
  readonly value: number;
  readonly currency?: Currency;
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
  /** Rows that were not taken, with the reason; they go to quarantine. */
  readonly rejected: readonly RejectedBar[];
  /** What is odd about the series as a whole, one sentence each. */
  readonly notes?: readonly string[];
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
  readonly capabilities: {
    readonly daily: boolean;
    readonly actions: boolean;
    readonly fx: boolean;
  };
  /** Symbols it can list, at most `limit`. */
  search(text: string, limit: number): Promise<Result<readonly ProviderSymbol[], MarketDataFault>>;
  daily(
    symbol: ProviderSymbol,
    from: Day,
    until: Day,
    signal: AbortSignal,
  ): Promise<Result<DailyHistory, MarketDataFault>>;
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
  /** Checks the settings at start; throws with all mistakes in them. None: it needs no settings. */
  readonly config?: { parse(settings: unknown): Config };
  create(config: Config): MarketDataProvider;
  /** For a source that also reads files which a user brings. */
  readonly file?: PriceFileReader;
}
