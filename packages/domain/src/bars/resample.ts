import { InvariantError } from '@plimsoll/kernel';
import { barGrid } from './bar-grid.ts';
import type { Sessions } from './sessions.ts';
import { barColumns, type TickColumns, type TimedBars } from './timed-bars.ts';
import type { Timeframe } from './timeframe.ts';

export interface Resampled {
  readonly bars: TimedBars;
  /** Bars or ticks that lie outside every session and so in no daily bar. */
  readonly outside: number;
}

/**
 * Joins bars into those of a coarser frame: open of the first, close of the last, highest high,
 * lowest low, sum of volumes. Where nothing traded there is no bar; nothing is filled in. The finer
 * bars must not reach over an edge of the coarser: any frame of `timeframes` divides the next, and
 * sessions that open on a multiple of 15 minutes keep it so for hours and days.
 *
 * An unknown field (NaN) is passed over; where all are unknown the result is. Cost: one pass.
 */
export function resample(bars: TimedBars, timeframe: Timeframe, sessions: Sessions): Resampled {
  const groups = groupsOf(bars.from, timeframe, sessions);
  const joined = barColumns(groups.count);
  for (let g = 0; g < groups.count; g++) {
    const first = groups.first[g] as number;
    const last = groups.last[g] as number;
    joined.from[g] = groups.label[g] as number;
    joined.open[g] = firstKnown(bars.open, first, last);
    joined.high[g] = highest(bars.high, first, last);
    joined.low[g] = lowest(bars.low, first, last);
    joined.close[g] = lastKnown(bars.close, first, last);
    joined.volume[g] = sum(bars.volume, first, last);
  }
  return { bars: joined, outside: groups.outside };
}

/** The bars of ticks: as `resample`, each tick a bar of one price. */
export function barsOfTicks(
  ticks: TickColumns,
  timeframe: Timeframe,
  sessions: Sessions,
): Resampled {
  const { at, price, size } = ticks;
  return resample(
    { from: at, open: price, high: price, low: price, close: price, volume: size },
    timeframe,
    sessions,
  );
}

/** Stretches of rows that belong to one bar: rows `first … last`, both included. */
interface Groups {
  count: number;
  outside: number;
  label: Float64Array;
  first: Int32Array;
  last: Int32Array;
}

function groupsOf(times: Float64Array, timeframe: Timeframe, sessions: Sessions): Groups {
  const grid = barGrid(timeframe, sessions);
  const groups: Groups = { count: 0, outside: 0, ...room(1024) };
  let until = Number.NEGATIVE_INFINITY;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    const at = times[i] as number;
    // A text for each row that is right would cost more than all the rest.
    if (!(at >= before)) throw new InvariantError(`Row ${i} is of ${at}, after one of ${before}`);
    before = at;
    if (at >= until) {
      grid.seek(at);
      until = grid.until;
      if (!Number.isNaN(grid.label)) begin(groups, grid.label, i);
    }
    if (Number.isNaN(grid.label)) groups.outside++;
    else groups.last[groups.count - 1] = i;
  }
  return groups;
}

const room = (size: number) => ({
  label: new Float64Array(size),
  first: new Int32Array(size),
  last: new Int32Array(size),
});

/** A bar that a stretch outside the session came between goes on where it was. */
function begin(groups: Groups, label: number, row: number): void {
  if (groups.count > 0 && groups.label[groups.count - 1] === label) return;
  if (groups.count === groups.label.length) {
    const { label: labels, first, last } = groups;
    Object.assign(groups, room(2 * groups.count));
    groups.label.set(labels);
    groups.first.set(first);
    groups.last.set(last);
  }
  groups.label[groups.count] = label;
  groups.first[groups.count] = row;
  groups.count++;
}

function firstKnown(column: Float64Array, first: number, last: number): number {
  let at = first;
  while (at < last && Number.isNaN(column[at] as number)) at++;
  return column[at] as number;
}

function lastKnown(column: Float64Array, first: number, last: number): number {
  let at = last;
  while (at > first && Number.isNaN(column[at] as number)) at--;
  return column[at] as number;
}

function highest(column: Float64Array, first: number, last: number): number {
  let found = Number.NaN;
  for (let i = first; i <= last; i++) {
    const value = column[i] as number;
    if (value > found || Number.isNaN(found)) found = value;
  }
  return found;
}

function lowest(column: Float64Array, first: number, last: number): number {
  let found = Number.NaN;
  for (let i = first; i <= last; i++) {
    const value = column[i] as number;
    if (value < found || Number.isNaN(found)) found = value;
  }
  return found;
}

function sum(column: Float64Array, first: number, last: number): number {
  let total = Number.NaN;
  for (let i = first; i <= last; i++) {
    const value = column[i] as number;
    if (!Number.isNaN(value)) total = Number.isNaN(total) ? value : total + value;
  }
  return total;
}
