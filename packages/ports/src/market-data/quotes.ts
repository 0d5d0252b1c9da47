import type { Currency } from '@plimsoll/domain';
import type { ProviderSymbol } from './provider-symbol.ts';

/** The latest known prices of one symbol; NaN where unknown. Prices in the provider's price unit. */
export interface Quote {
  readonly symbol: string;
  /** When it was true by the provider, milliseconds. */
  readonly at: number;
  readonly bid: number;
  readonly ask: number;
  /** Price of the last trade. */
  readonly last: number;
  /** Units of the last trade. */
  readonly size: number;
  readonly previousClose: number;
  readonly currency?: Currency;
}

/** Ticks in the order in which they came, as columns of one length; NaN where a field is unknown. */
export interface TickBatch {
  /** The symbols that `of` counts in. */
  readonly symbols: readonly string[];
  readonly of: Uint32Array;
  /** By the provider's clock, milliseconds. */
  readonly at: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly size: Float64Array;
  /** The provider's number of the trade, by which a repeated one is known; NaN where it has none. */
  readonly tradeId: Float64Array;
}

export type StreamState = 'connecting' | 'open' | 'lost' | 'refused';

/** Where a stream delivers. Neither call may throw or take long. */
export interface QuoteStreamSink {
  readonly ticks: (batch: TickBatch) => void;
  /** `lost` is tried again; `refused` (a bad key, a plan without streaming) is not. */
  readonly state: (state: StreamState, detail: string) => void;
}

/** A running stream. */
export interface QuoteStream {
  /**
   * What is wanted from now on, instead of before; ticks name it by its `symbol`. Exchange and kind
   * count: the same letters are another company elsewhere.
   */
  want(symbols: readonly ProviderSymbol[]): void;
  /** Resolves when its signal has fired and the connection is closed, or it was refused. */
  readonly ended: Promise<void>;
}
