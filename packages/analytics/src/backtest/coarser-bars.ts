import type { AdjustedColumns } from './adjusted-bars.ts';
import { type BacktestBars, closesSession } from './market.ts';

/** Frames that the bars of a run can be joined to. */
const frames = ['5m', '15m', '30m', '1h', '4h', '1d', '1w', '1mo'] as const;
type Frame = (typeof frames)[number];

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Frames that are cut from the open of each session on. */
const withinSession: Partial<Record<Frame, number>> = {
  '5m': 5 * minuteMs,
  '15m': 15 * minuteMs,
  '30m': 30 * minuteMs,
  '1h': 60 * minuteMs,
  '4h': 240 * minuteMs,
};

/** Bars of a coarser frame, and which of them is the newest complete one at each bar of the run. */
export interface CoarserBars {
  readonly columns: AdjustedColumns & { readonly session: Float64Array };
  /** A place a bar of the run; −1 before the first is complete. */
  readonly newest: Int32Array;
}

/** Whether the run can give such a frame. */
export const isFrame = (frame: string): frame is Frame =>
  (frames as readonly string[]).includes(frame);

export const frameNames = frames.join(', ');

/** A number that is the same for bars of the same coarser bar. */
function groupOf(bars: BacktestBars, frame: Frame, sessionOpen: Float64Array, row: number): number {
  const length = withinSession[frame];
  const from = bars.from[row] as number;
  if (length !== undefined) {
    const since = (bars.opened[row] as number) - (sessionOpen[row] as number);
    return (bars.session[row] as number) * 1e6 + Math.floor(since / length);
  }
  if (frame === '1d') return bars.session[row] as number;
  // Weeks begin on Mondays; 1970-01-01 was a Thursday.
  if (frame === '1w') return Math.floor((from / dayMs + 3) / 7);
  const date = new Date(from);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** Whether the bar is the last of its coarser bar, as far as can be said when it is known. */
function completes(
  bars: BacktestBars,
  frame: Frame,
  sessionOpen: Float64Array,
  row: number,
): boolean {
  const closes = ((bars.edges[row] as number) & closesSession) !== 0;
  const length = withinSession[frame];
  if (length === undefined) return frame === '1d' && closes;
  const since = (bars.known[row] as number) - (sessionOpen[row] as number);
  const begun = Math.floor(((bars.opened[row] as number) - (sessionOpen[row] as number)) / length);
  return closes || since >= (begun + 1) * length;
}

/** When the session of each bar opened: the open of its first bar. */
function sessionOpens({ opened, session }: BacktestBars): Float64Array {
  const opens = new Float64Array(opened.length);
  for (let row = 0; row < opens.length; row++) {
    const same = row > 0 && session[row] === session[row - 1];
    opens[row] = (same ? opens[row - 1] : opened[row]) as number;
  }
  return opens;
}

/** Takes one more value into a coarser bar; what is unknown is passed over. */
function join(
  column: Float64Array,
  place: number,
  value: number,
  both: (before: number, value: number) => number,
): void {
  if (Number.isNaN(value)) return;
  const before = column[place] as number;
  column[place] = Number.isNaN(before) ? value : both(before, value);
}

/**
 * Joins the bars of a run to those of a coarser frame: open of the first, close of the last, highest
 * high, lowest low, sum of volumes; what is unknown (NaN) is passed over. Hours and minutes count from the open of each session, days are
 * sessions. A coarser bar is seen when it is complete: with the bar that ends it, or, for weeks and
 * months and after gaps, with the first bar of the next.
 */
export function coarserBars(bars: BacktestBars, given: AdjustedColumns, frame: Frame): CoarserBars {
  const rows = bars.known.length;
  const opens = sessionOpens(bars);
  const newest = new Int32Array(rows);
  const room = (): Float64Array => new Float64Array(rows);
  const [open, high, low, close, volume, session] = [
    room(),
    room(),
    room(),
    room(),
    room(),
    room(),
  ];
  let place = -1;
  let group = Number.NaN;
  for (let row = 0; row < rows; row++) {
    const of = groupOf(bars, frame, opens, row);
    if (of !== group) {
      group = of;
      place++;
      for (const column of [open, high, low, close, volume]) column[place] = Number.NaN;
      session[place] = bars.session[row] as number;
    }
    join(open, place, given.open[row] as number, (first) => first);
    join(high, place, given.high[row] as number, Math.max);
    join(low, place, given.low[row] as number, Math.min);
    join(close, place, given.close[row] as number, (_, last) => last);
    join(volume, place, given.volume[row] as number, (sum, more) => sum + more);
    newest[row] = completes(bars, frame, opens, row) ? place : place - 1;
  }
  const cut = (column: Float64Array): Float64Array => column.slice(0, place + 1);
  return {
    columns: {
      open: cut(open),
      high: cut(high),
      low: cut(low),
      close: cut(close),
      volume: cut(volume),
      session: cut(session),
    },
    newest,
  };
}
