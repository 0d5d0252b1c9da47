import { type DayNumber, invariant } from '@plimsoll/kernel';

/** Values of one thing by day: prices, rates, index levels. */
export interface DailySeries {
  /** Days since 1970-01-01, strictly rising. */
  readonly days: Int32Array;
  /** As many as `days`. */
  readonly close: Float64Array;
}

/**
 * The last index whose day is on or before `day`, −1 where there is none.
 *
 * Cost: ⌈log₂(n + 1)⌉ comparisons, no allocation.
 */
export function indexAt(days: ArrayLike<DayNumber>, day: DayNumber): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Lays a series on a grid of calendar days `fromDay … toDay`, both included: each day has the last
 * value known on or before it, never a later one; NaN before the first.
 *
 * @param out Receives one value per day, shape [toDay − fromDay + 1].
 * @param ageOut Where given, receives how many calendar days old each value is; −1 where there is
 *   none. Same shape.
 * @returns `out`.
 *
 * A NaN in the series is a value that is unknown, so the one before it is carried on.
 * Cost: n + days steps, no allocation.
 */
export function fillDaily(
  series: DailySeries,
  fromDay: DayNumber,
  toDay: DayNumber,
  out: Float64Array,
  ageOut?: Int32Array,
): Float64Array {
  const length = Math.max(0, toDay - fromDay + 1);
  requireLength('close', series.close.length, series.days.length);
  requireLength('out', out.length, length);
  if (ageOut) requireLength('ageOut', ageOut.length, length);
  const { days, close } = series;
  let next = indexAt(days, fromDay) + 1;
  let held = lastKnown(close, next - 1);
  for (let i = 0; i < length; i++) {
    const day = fromDay + i;
    while (next < days.length && (days[next] as number) <= day) {
      if (!Number.isNaN(close[next] as number)) held = next;
      next++;
    }
    out[i] = held < 0 ? Number.NaN : (close[held] as number);
    if (ageOut) ageOut[i] = held < 0 ? -1 : day - (days[held] as number);
  }
  return out;
}

function lastKnown(close: Float64Array, from: number): number {
  let at = from;
  while (at >= 0 && Number.isNaN(close[at] as number)) at--;
  return at;
}

function requireLength(name: string, length: number, wanted: number): void {
  invariant(length === wanted, `${name} has ${length} entries where ${wanted} belong`);
}
