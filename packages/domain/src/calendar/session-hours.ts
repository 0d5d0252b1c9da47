import { type DayNumber, dayNumber } from '@plimsoll/kernel';
import type { CalendarRules, ClockSpan, UsualHours } from './calendar-rules.ts';
import type { ExchangeSession } from './exchange-calendar.ts';
import type { DayException } from './year-plan.ts';
import { instantInZone } from './zone-clock.ts';

/** What a day trades, in minutes from its 00:00 on the exchange's clocks; breaks lie between spans. */
type Minutes = readonly (readonly [from: number, until: number])[];

const minutesOf = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const inMinutes = (spans: readonly ClockSpan[]): Minutes =>
  spans.map(([from, until]) => [minutesOf(from), minutesOf(until)] as const);

/** Opening to close with the breaks taken out. */
function usualMinutes(usual: UsualHours): Minutes {
  const open = minutesOf(usual.open) - (usual.opensDayBefore ? 24 * 60 : 0);
  const breaks = inMinutes(usual.breaks ?? []);
  const starts = [open, ...breaks.map(([, until]) => until)];
  const ends = [...breaks.map(([from]) => from), minutesOf(usual.close)];
  return starts.map((start, at) => [start, ends[at] ?? start] as const);
}

const endingAt = (minutes: Minutes, close: number): Minutes =>
  minutes
    .filter(([from]) => from < close)
    .map(([from, until]) => [from, Math.min(until, close)] as const);

const length = (minutes: Minutes): number =>
  minutes.reduce((sum, [from, until]) => sum + until - from, 0);

/** The usual hours on a day: the last entry that began by then; before the first they are not on record. */
function usualOn(rules: CalendarRules, day: DayNumber): UsualHours | undefined {
  return rules.hours.findLast((each) => dayNumber(each.from) <= day);
}

/** `13:00` of what an exception says; `break` is looked up in the usual hours. */
export function closingTime(
  rules: CalendarRules,
  day: DayNumber,
  hours: DayException['hours'],
): string | null {
  if (hours === null || hours === 'unrecorded') return null;
  if (typeof hours !== 'string') return hours.at(-1)?.[1] ?? null;
  return hours === 'break' ? (usualOn(rules, day)?.breaks?.[0]?.[0] ?? null) : hours;
}

/** The session of a trading day; null where its hours are not on record. */
export function sessionOn(
  rules: CalendarRules,
  day: DayNumber,
  exception: DayException | undefined,
): ExchangeSession | null {
  const entry = usualOn(rules, day);
  if (!entry || exception?.hours === 'unrecorded') return null;
  const usual = usualMinutes(entry);
  const traded = tradedMinutes(rules, day, usual, exception);
  const at = (minutes: number): number => instantInZone(rules.zone, day, minutes);
  const breaks: ExchangeSession['breaks'][number][] = [];
  for (let next = 1; next < traded.length; next++) {
    const [before, after] = [traded[next - 1], traded[next]];
    if (before && after) breaks.push({ from: at(before[1]), until: at(after[0]) });
  }
  const [first, last] = [traded[0], traded.at(-1)];
  if (!first || !last) return null;
  return { open: at(first[0]), close: at(last[1]), breaks, half: length(traded) < length(usual) };
}

function tradedMinutes(
  rules: CalendarRules,
  day: DayNumber,
  usual: Minutes,
  exception: DayException | undefined,
): Minutes {
  if (!exception || exception.hours === null) return usual;
  if (typeof exception.hours !== 'string') return inMinutes(exception.hours);
  const close = closingTime(rules, day, exception.hours);
  return close === null ? usual : endingAt(usual, minutesOf(close));
}
