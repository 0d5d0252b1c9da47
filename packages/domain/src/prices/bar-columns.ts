/** Daily bars as columns, all of one length; NaN where a field is unknown. */
export interface BarColumns {
  /** Days since 1970-01-01. */
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly adjustedClose: Float64Array;
  readonly volume: Float64Array;
}

/** The bars at these indices, in that order, as columns of their own. */
export function takeBars(bars: BarColumns, indices: readonly number[]): BarColumns {
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(indices, (index) => column[index] as number);
  return {
    days: Int32Array.from(indices, (index) => bars.days[index] as number),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    adjustedClose: pick(bars.adjustedClose),
    volume: pick(bars.volume),
  };
}
