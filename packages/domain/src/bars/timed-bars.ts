/** Bars of one instrument as columns of one length, oldest first; NaN where a field is unknown. */
export interface TimedBars {
  /**
   * Start of the bar, milliseconds since 1970-01-01 UTC, strictly rising. Of a daily bar: midnight
   * UTC of the day that its session is named after, whenever the session opened.
   */
  readonly from: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Trades, or the middle of quotes, of one instrument as columns of one length. */
export interface TickColumns {
  /** Milliseconds since 1970-01-01 UTC, never falling. */
  readonly at: Float64Array;
  readonly price: Float64Array;
  /** Units traded; NaN where unknown, as for quotes. */
  readonly size: Float64Array;
}

/** Room for `count` bars, all zero. */
export const barColumns = (count: number): TimedBars => ({
  from: new Float64Array(count),
  open: new Float64Array(count),
  high: new Float64Array(count),
  low: new Float64Array(count),
  close: new Float64Array(count),
  volume: new Float64Array(count),
});
