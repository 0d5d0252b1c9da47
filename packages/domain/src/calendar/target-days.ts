import { type DayNumber, dayFromNumber, weekday } from '@plimsoll/kernel';
import { easterSunday } from './easter.ts';

/**
 * Whether European markets and payments rest on a day: weekends, New Year's Day, Good Friday, Easter
 * Monday, 1 May, 25 and 26 December.
 *
 * Source: ECB, TARGET closing days from 2002 on.
 */
export function isTargetClosed(day: DayNumber): boolean {
  if (weekday(day) > 4) return true;
  const text = dayFromNumber(day);
  if (['01-01', '05-01', '12-25', '12-26'].includes(text.slice(5))) return true;
  const easter = easterSunday(Number(text.slice(0, 4)));
  return day === easter - 2 || day === easter + 1;
}
