import { barGrid } from './bar-grid.ts';
import type { Sessions } from './sessions.ts';
import { type Timeframe, timeframeMs } from './timeframe.ts';

/** A stretch of time `[from, until)`, milliseconds since 1970-01-01 UTC; either end may be infinite. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/**
 * The stretch of finer bars that holds all of each bar of a frame that starts in `range`. It is the
 * range itself but where its end cuts a bar, and for days, which are named after a midnight that is
 * not when their session opens. Bars outside the range may be held in part.
 */
export function wholeBars(range: Stretch, timeframe: Timeframe, sessions: Sessions): Stretch {
  if (!(range.from < range.until)) return range;
  if (timeframe === '1d') return wholeDays(range, sessions);
  if (!Number.isFinite(range.until)) return range;
  const grid = barGrid(timeframe, sessions);
  grid.seek(Math.ceil(range.until) - 1);
  return { from: range.from, until: Math.max(range.until, grid.until) };
}

const dayMs = timeframeMs['1d'];

/** A session lies within a day and a half of its day's midnight: the day beside may reach further. */
function wholeDays({ from, until }: Stretch, sessions: Sessions): Stretch {
  const first = Math.ceil(from / dayMs);
  const last = Math.ceil(until / dayMs) - 1;
  const opens = [first, first + 1].map((day) => edgeOf(day, sessions, 'open') ?? from);
  const closes = [last - 1, last].map((day) => edgeOf(day, sessions, 'close') ?? until);
  return { from: Math.min(from, ...opens), until: Math.max(until, ...closes) };
}

const edgeOf = (day: number, sessions: Sessions, edge: 'open' | 'close'): number | undefined =>
  Number.isFinite(day) ? sessions.session(day)?.[edge] : undefined;
