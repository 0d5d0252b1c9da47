import { dayFromNumber } from '@plimsoll/kernel';

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/**
 * Number of the UTC day that a moment belongs to. A bar that ends at midnight belongs to the day that
 * ends there.
 */
export const dayNumberOf = (now: number): number => Math.ceil(now / dayMs) - 1;

/** How often something is done. */
export type Every = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'never';

/** How often, as a parameter. */
export const everyParameter = <const D extends Every>(title: string, standard: D) =>
  ({
    kind: 'choice',
    title,
    help: 'At the first close of each; UTC days.',
    of: ['day', 'week', 'month', 'quarter', 'year'],
    default: standard,
  }) as const;

/**
 * Tells the first moment of all and the first of each new day, week (from Monday), month, quarter or
 * year after it; to be asked once a moment.
 */
export function newPeriod(every: Every): (now: number) => boolean {
  let day = Number.NaN;
  let period = Number.NaN;
  return (now) => {
    const today = dayNumberOf(now);
    if (today === day) return false;
    day = today;
    const next = periodOf(every, today);
    if (next === period) return false;
    period = next;
    return true;
  };
}

function periodOf(every: Every, day: number): number {
  if (every === 'day') return day;
  if (every === 'week') return Math.floor((day + 3) / 7);
  if (every === 'never') return 0;
  const { year, month } = calendarDay(day);
  if (every === 'year') return year;
  return every === 'month' ? 12 * year + month : 4 * year + Math.floor((month - 1) / 3);
}

/** Year, month (1–12) and day of the month. */
export function calendarDay(day: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const [year = 0, month = 0, of = 0] = dayFromNumber(day).split('-').map(Number);
  return { year, month, day: of };
}
