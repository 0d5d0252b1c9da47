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
  readonly kind: 'split' | 'dividend';
  /** Split: new units per old. Dividend: cash per unit in `currency`. */
  readonly value: number;
  readonly currency?: Currency;
}

export interface DailyHistory {
  readonly bars: DailyBars;
  readonly actions: readonly ProviderAction[];
  readonly currency: Currency | null;
  /** Rows that were not taken, with the reason; they go to quarantine. */
  readonly rejected: readonly { readonly day: string; readonly reason: string }[];
}

/** A source of daily history. Ranges are half-open: `from` included, `until` excluded. */
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
