import { median, robustScale, thinned } from '../robust-scale.ts';
import { splitBasis } from './split-basis.ts';
import { isPrice, pricedRows, type WorkingBars } from './working-bars.ts';

/** The bars as one row per day with a close, on the split basis of the latest day. */
export interface DayView {
  readonly days: Int32Array;
  /** The first bar of the day. */
  readonly firstRow: Int32Array;
  readonly close: Float64Array;
  /** Summed over the day; NaN where unknown. */
  readonly volume: Float64Array;
  /** Adjusted close ÷ close, without the effect of splits; NaN where unknown, as wrong as given. */
  readonly factor: Float64Array;
  /** What figures per unit of the day are divided by to stand on the basis of the latest day. */
  readonly basis: Float64Array;
  /**
   * What shows an ex-day best: the lowest price of the day, raised by what it usually lies below the
   * close; the close itself within a day, where a single print makes the low, or where lows are unknown.
   */
  readonly bottom: Float64Array;
  /** Falls as shares of the close before: 1 − bottom ÷ close before; the first is 0. */
  readonly falls: Float64Array;
  /** The spread of the falls over all days. */
  readonly spread: number;
  /** Whether there is any volume at all, so that a volume of 0 means that nobody traded. */
  readonly hasVolume: boolean;
}

export function viewDays(work: WorkingBars): DayView {
  const { bars } = work;
  const rows = pricedRows(bars);
  const days = new Int32Array(rows.length);
  const firstRow = new Int32Array(rows.length);
  const lastRow = new Int32Array(rows.length);
  const volume = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const day = bars.days[row] as number;
    if (count > 0 && days[count - 1] === day) {
      lastRow[count - 1] = row;
      volume[count - 1] = (volume[count - 1] as number) + (bars.volume[row] as number);
      continue;
    }
    days[count] = day;
    firstRow[count] = row;
    lastRow[count] = row;
    volume[count] = bars.volume[row] as number;
    count++;
  }
  const basis = basisOf(work, lastRow.subarray(0, count));
  const close = new Float64Array(count);
  const factor = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = lastRow[i] as number;
    const adjusted = bars.adjustedClose[row] as number;
    close[i] = (bars.close[row] as number) / (basis[i] as number);
    const isKnown = !Number.isNaN(adjusted) && adjusted !== 0;
    factor[i] = isKnown ? adjusted / (close[i] as number) : Number.NaN;
  }
  const bottom = bottomsOf(work, lastRow.subarray(0, count), close, basis);
  const falls = fallsOf(bottom, close);
  return {
    days: days.slice(0, count),
    firstRow: firstRow.slice(0, count),
    close,
    volume: volume.slice(0, count),
    factor,
    basis,
    bottom,
    falls,
    spread: spreadOf(falls),
    hasVolume: volume.some((units) => units > 0),
  };
}

function bottomsOf(
  { bars, facts }: WorkingBars,
  rows: Int32Array,
  close: Float64Array,
  basis: Float64Array,
): Float64Array {
  if (facts.interval === 'intraday') return close;
  const bottom = close.slice();
  for (let i = 0; i < rows.length; i++) {
    const low = bars.low[rows[i] as number] as number;
    if (isPrice(low)) bottom[i] = low / (basis[i] as number);
  }
  const usual = median(Array.from(thinned(fallsOf(bottom, close))));
  for (let i = 0; i < rows.length; i++) {
    const low = bars.low[rows[i] as number] as number;
    if (isPrice(low)) bottom[i] = (bottom[i] as number) / (1 - usual);
  }
  return bottom;
}

function basisOf(work: WorkingBars, rows: Int32Array): Float64Array {
  const basis = new Float64Array(rows.length).fill(1);
  if (work.facts.prices === 'split-adjusted') return basis;
  const basisAt = splitBasis(work);
  for (let i = 0; i < rows.length; i++) basis[i] = basisAt(rows[i] as number);
  return basis;
}

function fallsOf(bottom: Float64Array, close: Float64Array): Float64Array {
  const falls = new Float64Array(close.length);
  for (let i = 1; i < close.length; i++) {
    falls[i] = 1 - (bottom[i] as number) / (close[i - 1] as number);
  }
  return falls;
}

/** No price is calmer than this in what we can tell of it: half a percent a day. */
const leastSpread = 0.005;

/** The share of returns that outliers may take before they move the spread. */
const trimmed = 0.05;

/**
 * How far prices usually fall or rise in a day: the larger of the robust scale, and of the root mean
 * square without the largest 5 %, which sees days of trade among days without.
 */
export function spreadOf(falls: ArrayLike<number>): number {
  const some = thinned(new Float64Array(falls));
  const sizes = some.map(Math.abs).sort();
  const kept = Math.ceil(sizes.length * (1 - trimmed));
  let sum = 0;
  for (let i = 0; i < kept; i++) sum += (sizes[i] as number) ** 2;
  const trimmedRoot = kept === 0 ? 0 : Math.sqrt(sum / kept);
  return Math.max(leastSpread, robustScale(Array.from(some)), 1.15 * trimmedRoot);
}
