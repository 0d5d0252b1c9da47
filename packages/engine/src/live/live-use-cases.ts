import type { Result } from '@plimsoll/kernel';
import type { EngineFault } from '../engine-fault.ts';
import type { FeedState } from './feed.ts';

export interface QuotesQuery {
  readonly symbols?: readonly string[] | undefined;
  readonly instruments?: readonly string[] | undefined;
}

/** The latest known prices of one instrument. Times are UTC instants; prices in its price unit. */
export interface QuoteView {
  readonly instrumentId: string;
  /** What its live prices go by; null where it has none. */
  readonly quoteId: string | null;
  readonly symbol: string;
  readonly name: string;
  readonly currency: string;
  readonly priceFactor: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly last: number | null;
  readonly size: number | null;
  readonly previousClose: number | null;
  readonly at: string | null;
  readonly receivedAt: string | null;
  /** Seconds. */
  readonly age: number | null;
  readonly source: string | null;
  readonly state: 'live' | 'stale' | 'close' | 'none';
  readonly delayed: boolean;
  readonly simulated: boolean;
  readonly heldBack: number | null;
  readonly note: string;
}

export interface QuotesView {
  readonly at: string;
  readonly quotes: QuoteView[];
  readonly unknown: string[];
  readonly sources: FeedState[];
}

export interface QuoteHistoryQuery {
  /** Id or label. */
  readonly instrument: string;
  readonly timeframe: 'tick' | '1m' | '5m';
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

type Column = (number | null)[];

/** Ticks or bars of one instrument as columns of one length; null where unknown. */
export interface QuoteHistoryView {
  readonly instrumentId: string;
  readonly timeframe: 'tick' | '1m' | '5m';
  readonly from: string;
  readonly until: string;
  readonly at: number[];
  readonly open?: Column;
  readonly high?: Column;
  readonly low?: Column;
  readonly close?: Column;
  readonly volume?: Column;
  readonly bid?: Column;
  readonly ask?: Column;
  readonly last?: Column;
  readonly size?: Column;
  readonly cut: boolean;
}

/** What can be asked of live quotes. */
export interface LiveUseCases {
  /** By the record alone: the last closes. Where quotes are heard, `withLive` puts them in their place. */
  quotes(workspace: string, query: QuotesQuery): Promise<Result<QuotesView, EngineFault>>;
  quoteHistory(
    workspace: string,
    query: QuoteHistoryQuery,
  ): Promise<Result<QuoteHistoryView, EngineFault>>;
}
