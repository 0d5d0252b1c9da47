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
  const days = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) days[i] = bars.days[indices[i] as number] as number;
  return {
    days,
    open: takeColumn(bars.open, indices),
    high: takeColumn(bars.high, indices),
    low: takeColumn(bars.low, indices),
    close: takeColumn(bars.close, indices),
    adjustedClose: takeColumn(bars.adjustedClose, indices),
    volume: takeColumn(bars.volume, indices),
  };
}

/** The values at these indices, in that order. */
export function takeColumn(column: ArrayLike<number>, indices: readonly number[]): Float64Array {
  const taken = new Float64Array(indices.length);
  for (let i = 0; i < indices.length; i++) taken[i] = column[indices[i] as number] as number;
  return taken;
}
