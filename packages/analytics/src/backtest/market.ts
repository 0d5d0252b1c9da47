import type { TimedBars } from '@plimsoll/domain';
import type { MarketModel } from './market-model.ts';

/**
 * Bars as a backtest needs them: each has the time at which it happened and the time at which it was
 * known. All columns are of one length; times are milliseconds since 1970 UTC.
 */
export interface BacktestBars extends TimedBars {
  /** When the market opened for the bar: an order that came later has missed its open. */
  readonly opened: Float64Array;
  /** When the bar was complete and known; strictly rising, never before `opened`. */
  readonly known: Float64Array;
  /** Number of the trading session, rising. */
  readonly session: Float64Array;
  /** 1 where the bar opens its session, 2 where it closes it, 3 where it is all of it. */
  readonly edges: Uint8Array;
}

export interface OptionTerms {
  /** Id of what may be bought or sold. */
  readonly underlyingId: string;
  readonly right: 'call' | 'put';
  readonly strike: number;
  /** When it expires, milliseconds. */
  readonly expires: number;
  readonly exercise: 'american' | 'european';
  readonly settlement: 'physical' | 'cash';
}

/** What happened to an instrument, before the open of the first bar that opens at or after `at`. */
export type InstrumentEvent =
  | {
      readonly kind: 'dividend';
      readonly at: number;
      /** In the instrument's currency, before tax. */
      readonly perUnit: number;
      /** Null where it is not known; it then counts as paid at `at`. */
      readonly paidAt: number | null;
    }
  /** 7 where each unit became seven. */
  | { readonly kind: 'split'; readonly at: number; readonly ratio: number }
  /** What each unit was worth in cash in the end; null where that is not known: its last close. */
  | { readonly kind: 'delisting'; readonly at: number; readonly value: number | null };

export interface BacktestInstrument {
  /** Unique, and what reports call it. */
  readonly id: string;
  readonly currency: string;
  /** Units of currency a point of price is worth, a unit held. */
  readonly multiplier: number;
  /** Smallest quantity traded: 1 for whole shares, 0 where any fraction will do. */
  readonly step: number;
  readonly sector: string | null;
  readonly option: OptionTerms | null;
  readonly bars: BacktestBars;
  /** Bars of a finer timeframe of the same stretch, which settle what happened first within a bar. */
  readonly finer: BacktestBars | null;
  /** Any order. */
  readonly events: readonly InstrumentEvent[];
}

/** Base currency for a unit of `currency`, from `known` on. */
export interface RateColumn {
  readonly currency: string;
  /** Strictly rising. */
  readonly known: Float64Array;
  readonly rate: Float64Array;
}

/** Everything that a backtest can see, in the order in which it becomes known. */
export interface BacktestMarket {
  readonly base: string;
  readonly instruments: readonly BacktestInstrument[];
  readonly rates: readonly RateColumn[];
  /** How prices were come by that no market made, one sentence each. */
  readonly notes: readonly string[];
  /** Whose predictions strategies see; none where absent. */
  readonly model?: MarketModel;
}

/** The bit of `edges` that says that a bar opens its session. */
export const opensSession = 1;
/** The bit of `edges` that says that a bar closes its session. */
export const closesSession = 2;
