import { daysBetween } from '@plimsoll/kernel';
import type { ReturnSample } from './return-sample.ts';

/** Calendar days from the day before the first return, or the first return's, to the last. NaN for none. */
export function calendarDays({ days, start }: ReturnSample): number {
  const from = start ?? days[0];
  const to = days.at(-1);
  const span = from === undefined || to === undefined ? 0 : daysBetween(from, to);
  return span > 0 ? span : Number.NaN;
}
