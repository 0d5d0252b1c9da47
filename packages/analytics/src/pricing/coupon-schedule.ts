import { type Day, dayNumber } from '@plimsoll/kernel';
import { civil, daysOfMonth } from './day-count.ts';

/** One coupon period, unadjusted for holidays. */
export interface CouponPeriod {
  readonly from: Day;
  /** The end, on which the coupon is paid. */
  readonly to: Day;
  /** Share of a whole period that it is: 1 save for stubs. */
  readonly share: number;
}

export interface ScheduleTerms {
  /** When interest begins. Without it periods reach back to the one that holds `settlement`. */
  readonly issue?: Day | undefined;
  readonly maturity: Day;
  /** Coupons a year: 1, 2, 3, 4, 6 or 12. */
  readonly frequency: number;
  /** Whether all dates are month ends where the maturity is one. */
  readonly endOfMonth: boolean;
  /** What becomes of a first period that is not whole. */
  readonly stub: 'short' | 'long';
}

/** A number of months later (or earlier), the day of month being `wanted` or the last there is. */
function addMonths(day: Day, months: number, endOfMonth: boolean): Day {
  const from = civil(day);
  const count = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - 12 * year + 1;
  const last = daysOfMonth(year, month);
  const at = endOfMonth ? last : Math.min(from.day, last);
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(at, 2)}`;
}

/**
 * Coupon periods counted back from the maturity, oldest first, from the issue (or the period that
 * holds the settlement) on. Each date is counted from the maturity itself, so a short month on the
 * way does not stick. No holidays: dates are unadjusted.
 *
 * @param settlement Where no issue is given, the first period is the one that holds it.
 *
 * Source: ICMA Rule 251; QuantLib's backward schedule with unadjusted dates agrees.
 */
export function couponPeriods(terms: ScheduleTerms, settlement: Day): readonly CouponPeriod[] {
  const { issue, maturity, frequency, stub } = terms;
  const { year, month, day } = civil(maturity);
  const endOfMonth = terms.endOfMonth && day === daysOfMonth(year, month);
  const step = 12 / frequency;
  const end = issue ?? settlement;
  const dates: Day[] = [maturity];
  for (let k = 1; (dates.at(-1) as Day) > end; k++) {
    dates.push(addMonths(maturity, -k * step, endOfMonth));
  }
  const grid = dates.reverse();
  const periods = grid
    .slice(1)
    .map((to, i): CouponPeriod => ({ from: grid[i] as Day, to, share: 1 }));
  const [first, second, ...rest] = periods;
  if (first === undefined || issue === undefined || first.from === issue) return periods;
  const share =
    (dayNumber(first.to) - dayNumber(issue)) / (dayNumber(first.to) - dayNumber(first.from));
  if (stub === 'short' || second === undefined) {
    return [{ from: issue, to: first.to, share }, ...periods.slice(1)];
  }
  return [{ from: issue, to: second.to, share: 1 + share }, ...rest];
}

/**
 * The share of whole coupon periods between two days by Act/Act ICMA: the days in each regular period
 * over the length of that period, summed.
 *
 * @returns periods; divided by the coupons a year, years.
 *
 * Source: ICMA Rule 251.1(iii).
 */
export function couponFraction(from: Day, to: Day, terms: ScheduleTerms): number {
  const regular = couponPeriods({ ...terms, issue: undefined }, from);
  let sum = 0;
  for (const period of regular) {
    const start = period.from > from ? period.from : from;
    const end = period.to < to ? period.to : to;
    if (end > start) {
      sum += (dayNumber(end) - dayNumber(start)) / (dayNumber(period.to) - dayNumber(period.from));
    }
  }
  return sum;
}
