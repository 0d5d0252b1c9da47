import { type Day, dayNumber } from '@plimsoll/kernel';

/** How the time between two days is counted in years. */
export const dayCounts = [
  '30/360',
  '30/360-us',
  '30e/360',
  '30e/360-isda',
  'act/360',
  'act/365f',
  'act/365.25',
  'act/act-isda',
  'act/act-afb',
  'nl/365',
] as const;

export type DayCount = (typeof dayCounts)[number];

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Year, month and day of month of `2026-03-31`. */
export const civil = (day: Day): Civil => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  day: Number(day.slice(8, 10)),
});

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of a month, 28 to 31. */
export const daysOfMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const isLastOfFebruary = ({ year, month, day }: Civil): boolean =>
  month === 2 && day === daysOfMonth(year, month);

/** Days of a year of twelve months of 30 days, by the rule that says what the 31st counts as. */
function days360(from: Civil, to: Civil, count: DayCount, toIsMaturity: boolean): number {
  let [first, last] = [from.day, to.day];
  switch (count) {
    case '30/360-us':
      if (isLastOfFebruary(from)) {
        if (isLastOfFebruary(to)) last = 30;
        first = 30;
      }
      if (last === 31 && first >= 30) last = 30;
      break;
    case '30e/360-isda':
      if (isLastOfFebruary(from)) first = 30;
      if (isLastOfFebruary(to) && !toIsMaturity) last = 30;
      last = Math.min(last, 30);
      break;
    case '30e/360':
      last = Math.min(last, 30);
      break;
    default:
      if (last === 31 && first >= 30) last = 30;
  }
  first = Math.min(first, 30);
  return 360 * (to.year - from.year) + 30 * (to.month - from.month) + last - first;
}

/** Days in leap years count a 366th, the others a 365th. */
function actualIsda(from: Day, to: Day): number {
  const [start, end] = [civil(from).year, civil(to).year];
  const length = (year: number): number => (isLeap(year) ? 366 : 365);
  if (start === end) return (dayNumber(to) - dayNumber(from)) / length(start);
  const untilNext = dayNumber(`${yearText(start + 1)}-01-01`) - dayNumber(from);
  const since = dayNumber(to) - dayNumber(`${yearText(end)}-01-01`);
  return untilNext / length(start) + (end - start - 1) + since / length(end);
}

const yearText = (year: number): string => String(year).padStart(4, '0');

/** Whole years counted back from the end, and the rest by 366 where it holds a 29 February. */
function actualAfb(from: Day, to: Day): number {
  let years = 0;
  let end = to;
  for (;;) {
    const earlier = yearEarlier(end, to);
    if (earlier < from) break;
    end = earlier;
    years += 1;
  }
  const holdsLeapDay = leapDays(from, end).some((leap) => leap >= from && leap < end);
  return years + (dayNumber(end) - dayNumber(from)) / (holdsLeapDay ? 366 : 365);
}

/** A year before; the end of February stays the end of February. */
function yearEarlier(end: Day, last: Day): Day {
  const { year, month } = civil(end);
  const wanted = month === 2 && civil(last).day >= 28 ? 29 : civil(last).day;
  const day = Math.min(wanted, daysOfMonth(year - 1, month));
  return `${yearText(year - 1)}-${end.slice(5, 7)}-${String(day).padStart(2, '0')}`;
}

/** The 29 Februaries of the years from one day to another. */
function leapDays(from: Day, to: Day): readonly Day[] {
  const found: Day[] = [];
  for (let { year } = civil(from); year <= civil(to).year; year++) {
    if (isLeap(year)) found.push(`${yearText(year)}-02-29`);
  }
  return found;
}

/**
 * Years from one day to another by a day count.
 *
 * - `30/360` bond basis: D₁ = 31 → 30; D₂ = 31 → 30 where D₁ is 30 or 31.
 * - `30/360-us`: as bond basis, and the last day of February counts as the 30th (SIA).
 * - `30e/360` Eurobond: any 31st counts as the 30th. `30e/360-isda`: the last of February too, save
 *   at maturity.
 * - `act/360`, `act/365f`, `act/365.25`: days ÷ 360, 365, 365.25. `nl/365`: without 29 Februaries.
 * - `act/act-isda`: days in leap years ÷ 366 + other days ÷ 365. `act/act-afb`: whole years back
 *   from the end, the rest ÷ 366 where it holds a 29 February, else ÷ 365.
 *
 * Act/Act ICMA depends on the coupon periods: see `couponFraction`.
 *
 * @param toIsMaturity Whether `to` is the maturity, of which only `30e/360-isda` asks.
 * @returns years; negative where `to` is earlier.
 *
 * Source: ISDA, 2006 Definitions, §4.16; ICMA Rule 251; Fédération Bancaire Française, Definitions
 * (2004).
 */
export function yearFraction(from: Day, to: Day, count: DayCount, toIsMaturity = false): number {
  if (to < from) return -yearFraction(to, from, count, toIsMaturity);
  switch (count) {
    case 'act/360':
      return (dayNumber(to) - dayNumber(from)) / 360;
    case 'act/365f':
      return (dayNumber(to) - dayNumber(from)) / 365;
    case 'act/365.25':
      return (dayNumber(to) - dayNumber(from)) / 365.25;
    case 'act/act-isda':
      return actualIsda(from, to);
    case 'act/act-afb':
      return actualAfb(from, to);
    case 'nl/365': {
      const skipped = leapDays(from, to).filter((leap) => leap > from && leap <= to).length;
      return (dayNumber(to) - dayNumber(from) - skipped) / 365;
    }
    default:
      return days360(civil(from), civil(to), count, toIsMaturity) / 360;
  }
}
