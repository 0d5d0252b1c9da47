import type { Stretch, TimedBars } from '@plimsoll/domain';

/** The bars that start in a stretch, the newest `limit` of them; the columns are views. Cost: n. */
export function barsWithin(
  bars: TimedBars,
  { from, until }: Stretch,
  limit = Number.POSITIVE_INFINITY,
): TimedBars {
  const times = bars.from;
  let start = 0;
  while (start < times.length && (times[start] as number) < from) start++;
  let end = times.length;
  while (end > start && (times[end - 1] as number) >= until) end--;
  const first = Math.max(start, end - limit);
  const cut = (column: Float64Array) => column.subarray(first, end);
  return {
    from: cut(times),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}
