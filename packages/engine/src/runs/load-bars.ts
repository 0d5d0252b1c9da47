import type { BacktestBars } from '@plimsoll/analytics/backtest';
import {
  barDays,
  type ExchangeCalendar,
  type TimedBars,
  type Timeframe,
  timeframeMs,
} from '@plimsoll/domain';
import type { DayNumber } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

const dayMs = 86_400_000;
const firstOfSession = 1;
const lastOfSession = 2;

/** Bars of a backtest, and of how many only a close was known. */
export interface LoadedBars {
  readonly bars: BacktestBars;
  readonly closesOnly: number;
}

/**
 * When the session of a day opened and closed; the whole day in UTC where that is not known. One that
 * goes on to midnight closes a millisecond before it, so that its close is of the day itself.
 */
export function hoursOf(
  calendar: ExchangeCalendar,
  day: DayNumber,
): { readonly open: number; readonly close: number } {
  const { open, close } = calendar.session(day) ?? { open: day * dayMs, close: (day + 1) * dayMs };
  return { open, close: close % dayMs === 0 ? close - 1 : close };
}

/**
 * Daily prices as bars that open and become known with the exchange's sessions. Days without a close
 * are left out; where only a close is known it stands for the whole bar.
 *
 * @param factor Currency per quoted price unit: 0.01 for pence.
 */
export function barsOfDays(
  { days, open, high, low, close, volume }: DailyBars,
  calendar: ExchangeCalendar,
  factor: number,
): LoadedBars {
  const rows: number[] = [];
  for (let i = 0; i < days.length; i++) if ((close[i] as number) > 0) rows.push(i);
  const count = rows.length;
  const bars = emptyBars(count);
  let closesOnly = 0;
  for (const [at, row] of rows.entries()) {
    const day = days[row] as number;
    const hours = hoursOf(calendar, day);
    bars.from[at] = day * dayMs;
    bars.opened[at] = hours.open;
    bars.known[at] = hours.close;
    bars.session[at] = day;
    const last = (close[row] as number) * factor;
    const first = (open[row] as number) * factor;
    if (!(first > 0)) closesOnly++;
    fillPrices(bars, at, {
      open: first,
      high: (high[row] as number) * factor,
      low: (low[row] as number) * factor,
      close: last,
    });
    bars.volume[at] = volume[row] as number;
  }
  bars.edges.fill(firstOfSession | lastOfSession);
  return { bars, closesOnly };
}

/** Intraday bars, each known when it was complete; a bar that the session cuts short at its close. */
export function barsOfTimes(
  times: TimedBars,
  timeframe: Timeframe,
  calendar: ExchangeCalendar,
  factor: number,
): LoadedBars {
  const rows: number[] = [];
  for (let i = 0; i < times.from.length; i++) if ((times.close[i] as number) > 0) rows.push(i);
  const bars = emptyBars(rows.length);
  const dayOf = barDays(times.from, timeframe, calendar);
  const length = timeframeMs[timeframe];
  let day = Number.NaN;
  let close = Number.POSITIVE_INFINITY;
  for (const [at, row] of rows.entries()) {
    const from = times.from[row] as number;
    if (dayOf[row] !== day) {
      day = dayOf[row] as number;
      close = calendar.session(day)?.close ?? Number.POSITIVE_INFINITY;
    }
    bars.from[at] = from;
    bars.opened[at] = from;
    bars.known[at] = from < close ? Math.min(from + length, close) : from + length;
    bars.session[at] = day;
    fillPrices(bars, at, {
      open: (times.open[row] as number) * factor,
      high: (times.high[row] as number) * factor,
      low: (times.low[row] as number) * factor,
      close: (times.close[row] as number) * factor,
    });
    bars.volume[at] = times.volume[row] as number;
  }
  markEdges(bars);
  return { bars, closesOnly: 0 };
}

/** Fields that are not known are as the close is; highs and lows reach over open and close. */
function fillPrices(
  bars: BacktestBars,
  at: number,
  given: Record<'open' | 'high' | 'low' | 'close', number>,
): void {
  const { close } = given;
  const open = given.open > 0 ? given.open : close;
  bars.open[at] = open;
  bars.close[at] = close;
  bars.high[at] = given.high > 0 ? Math.max(given.high, open, close) : Math.max(open, close);
  bars.low[at] = given.low > 0 ? Math.min(given.low, open, close) : Math.min(open, close);
}

function markEdges({ session, edges }: BacktestBars): void {
  for (let i = 0; i < edges.length; i++) {
    const opens = i === 0 || session[i - 1] !== session[i] ? firstOfSession : 0;
    const closes = i === edges.length - 1 || session[i + 1] !== session[i] ? lastOfSession : 0;
    edges[i] = opens | closes;
  }
}

const emptyBars = (count: number): BacktestBars => ({
  from: new Float64Array(count),
  opened: new Float64Array(count),
  known: new Float64Array(count),
  session: new Float64Array(count),
  edges: new Uint8Array(count),
  open: new Float64Array(count),
  high: new Float64Array(count),
  low: new Float64Array(count),
  close: new Float64Array(count),
  volume: new Float64Array(count),
});
