import type { Sessions, TradingSession } from './sessions.ts';
import { type ClockTimeframe, type Timeframe, timeframeMs } from './timeframe.ts';

/**
 * Where the bars of a frame begin and end. Kept as a place that is moved, so that finding the bar of
 * the next tick costs a comparison and no allocation.
 */
export interface BarGrid {
  /** What `from` of the bar here says; NaN where what happens here belongs to no bar. */
  readonly label: number;
  /** The bar, or the stretch without one, is `[start, until)`. */
  readonly start: number;
  readonly until: number;
  /** Moves to the bar that `at` lies in. */
  seek(at: number): void;
}

const hour = timeframeMs['1h'];
const dayMs = timeframeMs['1d'];

/**
 * The grid of a frame. Frames up to 15 minutes lie on the clock. Hours count from the opening, and
 * again from the end of a break, so a session from 9:30 to 16:00 has a last bar of half an hour;
 * outside the session they lie on the clock, cut at its edges. A day is its session; what happens
 * outside belongs to no day.
 */
export function barGrid(timeframe: Timeframe, sessions: Sessions): BarGrid {
  if (timeframe === '1d') return new DayGrid(sessions);
  if (timeframe === '1h') return new HourGrid(sessions);
  return new ClockGrid(timeframe);
}

class ClockGrid implements BarGrid {
  start = Number.NaN;
  until = Number.NaN;
  readonly #length: number;

  constructor(timeframe: ClockTimeframe) {
    this.#length = timeframeMs[timeframe];
  }

  get label(): number {
    return this.start;
  }

  seek(at: number): void {
    this.start = Math.floor(at / this.#length) * this.#length;
    this.until = this.start + this.#length;
  }
}

class HourGrid implements BarGrid {
  start = Number.NaN;
  until = Number.NaN;
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  get label(): number {
    return this.start;
  }

  seek(at: number): void {
    this.start = Math.floor(at / hour) * hour;
    this.until = this.start + hour;
    const day = Math.floor(at / dayMs);
    for (let near = day - 1; near <= day + 1; near++) {
      const session = this.#sessions.session(near);
      if (session !== null && this.#seekWithin(session, at)) return;
    }
  }

  /** Whether `at` is traded time of the session; where not, cuts the clock's hour at its edges. */
  #seekWithin({ open, close, breaks }: TradingSession, at: number): boolean {
    let from = open;
    for (let i = 0; i <= breaks.length; i++) {
      const pause = breaks[i];
      const until = pause?.from ?? close;
      if (at >= from && at < until) {
        this.start = from + Math.floor((at - from) / hour) * hour;
        this.until = Math.min(this.start + hour, until);
        return true;
      }
      if (until <= at) this.start = Math.max(this.start, until);
      if (from > at) this.until = Math.min(this.until, from);
      from = pause?.until ?? close;
    }
    return false;
  }
}

class DayGrid implements BarGrid {
  label = Number.NaN;
  start = Number.NaN;
  until = Number.NaN;
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  seek(at: number): void {
    const day = Math.floor(at / dayMs);
    this.label = Number.NaN;
    this.start = day * dayMs;
    this.until = this.start + dayMs;
    for (let near = day - 1; near <= day + 1; near++) {
      const session = this.#sessions.session(near);
      if (session === null) continue;
      const { open, close } = session;
      if (at >= open && at < close) {
        this.label = near * dayMs;
        this.start = open;
        this.until = close;
        return;
      }
      if (close <= at) this.start = Math.max(this.start, close);
      if (open > at) this.until = Math.min(this.until, open);
    }
  }
}
