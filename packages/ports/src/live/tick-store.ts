import type { Day } from '@plimsoll/kernel';
import type { TimedBars, Timeframe } from '../bars/bar-store.ts';

/** Frames that ticks are rolled up to as they arrive. */
export const liveTimeframes = ['1m', '5m'] as const satisfies readonly Timeframe[];
export type LiveTimeframe = (typeof liveTimeframes)[number];

/** Ticks of several instruments in the order of their arrival, as columns of one length; NaN where unknown. */
export interface StoredTicks {
  /** The instruments that `of` counts in. */
  readonly instrumentIds: readonly string[];
  /** The providers that `by` counts in. */
  readonly sources: readonly string[];
  readonly of: Uint32Array;
  readonly by: Uint8Array;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly size: Float64Array;
  readonly tradeId: Float64Array;
}

/** Ticks of one instrument, oldest first, as columns of one length; NaN where unknown. */
export interface TickHistory {
  readonly at: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly size: Float64Array;
  readonly tradeId: Float64Array;
}

/** Whole bars of several instruments, to be put in the place of what was there. */
export interface LiveBars {
  readonly timeframe: LiveTimeframe;
  /** The instruments that `of` counts in. */
  readonly instrumentIds: readonly string[];
  readonly of: Int32Array;
  readonly bars: TimedBars;
}

/**
 * Ticks of the last days and the bars rolled up from them. Public market data only. Ranges are
 * half-open, in milliseconds.
 */
export interface TickStore {
  /** `partitions` by day, or `hypertables` where TimescaleDB is there; then 5-minute bars derive from those of a minute. */
  describe(): Promise<{ readonly kind: 'partitions' | 'hypertables'; readonly version: string }>;
  /** Makes room for the days from `first` to `last`, both included. */
  prepare(first: Day, last: Day): Promise<void>;
  /**
   * Keeps ticks and bars in one step, durable once it resolves. The same batch number again adds its
   * ticks once. Their days must be prepared.
   */
  flush(batch: number, ticks: StoredTicks, bars: readonly LiveBars[]): Promise<void>;
  /** Ticks of one instrument by their time; those of one time in the order of their arrival. */
  ticks(instrumentId: string, from: number, until: number): Promise<TickHistory>;
  /** All ticks from a time on, block by block; those of one instrument in the order of their arrival. */
  replay(
    from: number,
    handle: (instrumentId: string, source: string, ticks: TickHistory) => void,
  ): Promise<void>;
  bars(
    instrumentId: string,
    timeframe: LiveTimeframe,
    from: number,
    until: number,
  ): Promise<TimedBars>;
  /** Instruments with bars in the range. */
  instruments(from: number, until: number): Promise<readonly string[]>;
  /** The first day of which there is anything; null where there is nothing. */
  firstDay(): Promise<Day | null>;
  /** Drops all days before one. */
  drop(before: Day): Promise<void>;
  close(): Promise<void>;
}
