import { indexAt } from '@plimsoll/domain';
import { type Day, dayNumber } from '@plimsoll/kernel';
import type { DailyBars, DailyHistory } from '@plimsoll/ports';

/** The bars of `[from, until)`. */
function sliceBars(bars: DailyBars, from: Day, until: Day): DailyBars {
  const start = indexAt(bars.days, dayNumber(from) - 1) + 1;
  const end = Math.max(start, indexAt(bars.days, dayNumber(until) - 1) + 1);
  return {
    days: bars.days.slice(start, end),
    open: bars.open.slice(start, end),
    high: bars.high.slice(start, end),
    low: bars.low.slice(start, end),
    close: bars.close.slice(start, end),
    adjustedClose: bars.adjustedClose.slice(start, end),
    volume: bars.volume.slice(start, end),
  };
}

/**
 * The history of `[from, until)`. Rejected rows stay where their day lies outside of it only if it is
 * a readable day; one that is not may belong anywhere.
 */
export function sliceHistory(history: DailyHistory, from: Day, until: Day): DailyHistory {
  const inside = (day: Day): boolean => from <= day && day < until;
  return {
    ...history,
    bars: sliceBars(history.bars, from, until),
    actions: history.actions.filter(({ day }) => inside(day)),
    rejected: history.rejected.filter(({ day }) => !/^\d{4}-\d\d-\d\d$/.test(day) || inside(day)),
  };
}
