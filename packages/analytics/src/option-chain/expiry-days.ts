import { dayNumber, dayOf, invariant, weekday } from '@plimsoll/kernel';
import { calendarDay } from '../strategy-kit/schedule.ts';

const friday = 4;

/** The Fridays on or after a day number, one each week, or the third of each month. */
export function* expiryDays(
  expiries: 'monthly' | 'weekly',
  from: number,
): Generator<number, never, void> {
  if (expiries === 'weekly') {
    for (let day = from + ((friday - weekday(from) + 7) % 7); ; day += 7) yield day;
  }
  let { year, month } = calendarDay(from);
  for (;;) {
    const day = thirdFriday(year, month);
    if (day >= from) yield day;
    month = (month % 12) + 1;
    if (month === 1) year++;
  }
}

function thirdFriday(year: number, month: number): number {
  const first = dayOf(year, month, 1);
  invariant(first.ok, `a month ${month} of ${year}`);
  const number = dayNumber(first.value);
  return number + ((friday - weekday(number) + 7) % 7) + 14;
}
