import { calendarFor, type Instrument, isTargetClosed } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';

/**
 * How old prices are by the calendar of their exchange. `late`: a day that should be there is not.
 * `stale`: more than five are missing. `never`: there is none at all.
 */
export type Freshness = 'fresh' | 'late' | 'stale' | 'never';

/** How long after the close of a session a provider may take, by what is priced. */
const delayMs = 4 * 3_600_000;
/** Funds are priced after the close, and told the day after. */
const fundDelayMs = 40 * 3_600_000;
const dayMs = 86_400_000;
const staleAfter = 5;
/** Looking back this far finds a trading day of any exchange. */
const longestRest = 20;

/** The last day whose close should be known by now; null where the calendar does not say. */
function expectedDay(
  instrument: Pick<Instrument, 'kind' | 'mic' | 'currency'>,
  nowMs: number,
): DayNumber | null {
  const today = Math.floor(nowMs / dayMs);
  const calendar = calendarFor(instrument);
  const delay = instrument.kind === 'fund' ? fundDelayMs : delayMs;
  for (let day = today + 1; day > today - longestRest; day--) {
    if (instrument.kind === 'fx' ? !hasRate(day) : calendar.isTradingDay(day) !== true) continue;
    // Rates of a day are fixed by its evening; a session without hours on record ends with the day.
    const close = instrument.kind === 'fx' ? null : calendar.session(day)?.close;
    if ((close ?? (day + 1) * dayMs) + delay <= nowMs) return day;
  }
  return null;
}

/** Central banks publish rates on days on which the euro is settled. */
const hasRate = (day: DayNumber): boolean => !isTargetClosed(day);

/** Judges prices that end with `last`. */
export function freshness(
  instrument: Pick<Instrument, 'kind' | 'mic' | 'currency'>,
  last: DayNumber | null,
  nowMs: number,
): { readonly state: Freshness; readonly expected: string | null; readonly missing: number } {
  const expected = expectedDay(instrument, nowMs);
  const on = expected === null ? null : dayFromNumber(expected);
  if (last === null) return { state: 'never', expected: on, missing: 0 };
  if (expected === null || last >= expected) return { state: 'fresh', expected: on, missing: 0 };
  const missing = calendarFor(instrument).tradingDays(last + 1, expected + 1).length;
  return { state: missing > staleAfter ? 'stale' : 'late', expected: on, missing };
}

/** Trading days that a listing should have bars on; null where its calendar is a guess. */
export function tradingDaysOf(
  instrument: Pick<Instrument, 'kind' | 'mic' | 'currency'>,
  from: DayNumber,
  until: DayNumber,
): Int32Array | null {
  const calendar = calendarFor(instrument);
  if (calendar.guess || instrument.kind === 'fx') return null;
  return calendar.tradingDays(from, until);
}
