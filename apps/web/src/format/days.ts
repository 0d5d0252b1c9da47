/** Calendar days and instants as people write them. A day has no time zone: it is formatted as UTC. */

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.DateTimeFormat(locale, options);
  cache.set(key, known);
  return known;
}

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
const long = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;

/** `20 Nov 2026`. */
export const formatDay = (day: string, locale: string) =>
  formatter(locale, long).format(asDate(day));

/** `20 Nov`, where the year is plain from around it. */
export const formatShortDay = (day: string, locale: string) =>
  formatter(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(asDate(day));

/** `Nov 2026`. */
export const formatMonth = (day: string, locale: string) =>
  formatter(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(asDate(day));

/** `20 Nov 2026, 22:00`, in the reader's own zone. */
export const formatInstant = (instant: string, locale: string) =>
  formatter(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));

const two = (value: number) => String(value).padStart(2, '0');

/** Today in the reader's zone. */
export function dayOfDate(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day so many calendar months earlier; the last of the month where that has fewer days. */
export function monthsBefore(day: string, months: number): string {
  const date = asDate(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}

/** Whole calendar days from one to the other. */
export const daysBetween = (from: string, to: string) =>
  Math.round((asDate(to).getTime() - asDate(from).getTime()) / 86_400_000);

/** A day that exists, written as the contracts want it. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = asDate(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
