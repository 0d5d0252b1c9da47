import type { DayNumber } from '@plimsoll/kernel';
import { dayIn } from './holiday-rule.ts';

/** Days of the Chinese calendar that are kept in Hong Kong. */
export interface LunarFestivals {
  /** First day of the first month. */
  readonly newYear: DayNumber;
  /** 清明, the fifteenth day after the spring equinox. */
  readonly chingMing: DayNumber;
  /** Eighth day of the fourth month. */
  readonly buddha: DayNumber;
  /** Fifth day of the fifth month. */
  readonly tuenNg: DayNumber;
  /** Fifteenth day of the eighth month. */
  readonly midAutumn: DayNumber;
  /** Ninth day of the ninth month. */
  readonly chungYeung: DayNumber;
}

/**
 * New Year, Buddha's birthday, Tuen Ng, Mid-Autumn and Chung Yeung. Written down because the new
 * moons of 2027 and 2030 are so close to midnight that approximate calendars, that of the
 * platform among them, are a day off.
 *
 * Source: Hong Kong Observatory, Gregorian–lunar calendar conversion table.
 */
const festivals: Readonly<Record<number, string>> = {
  2000: '02-05 05-11 06-06 09-12 10-06',
  2001: '01-24 04-30 06-25 10-01 10-25',
  2002: '02-12 05-19 06-15 09-21 10-14',
  2003: '02-01 05-08 06-04 09-11 10-04',
  2004: '01-22 05-26 06-22 09-28 10-22',
  2005: '02-09 05-15 06-11 09-18 10-11',
  2006: '01-29 05-05 05-31 10-06 10-30',
  2007: '02-18 05-24 06-19 09-25 10-19',
  2008: '02-07 05-12 06-08 09-14 10-07',
  2009: '01-26 05-02 05-28 10-03 10-26',
  2010: '02-14 05-21 06-16 09-22 10-16',
  2011: '02-03 05-10 06-06 09-12 10-05',
  2012: '01-23 04-28 06-23 09-30 10-23',
  2013: '02-10 05-17 06-12 09-19 10-13',
  2014: '01-31 05-06 06-02 09-08 10-02',
  2015: '02-19 05-25 06-20 09-27 10-21',
  2016: '02-08 05-14 06-09 09-15 10-09',
  2017: '01-28 05-03 05-30 10-04 10-28',
  2018: '02-16 05-22 06-18 09-24 10-17',
  2019: '02-05 05-12 06-07 09-13 10-07',
  2020: '01-25 04-30 06-25 10-01 10-25',
  2021: '02-12 05-19 06-14 09-21 10-14',
  2022: '02-01 05-08 06-03 09-10 10-04',
  2023: '01-22 05-26 06-22 09-29 10-23',
  2024: '02-10 05-15 06-10 09-17 10-11',
  2025: '01-29 05-05 05-31 10-06 10-29',
  2026: '02-17 05-24 06-19 09-25 10-18',
  2027: '02-06 05-13 06-09 09-15 10-08',
  2028: '01-26 05-02 05-28 10-03 10-26',
  2029: '02-13 05-20 06-16 09-22 10-16',
  2030: '02-03 05-09 06-05 09-12 10-05',
};

/** Day of April: the mean solar term, good for 2000–2099 (寿星 formula for the 21st century). */
const chingMingOf = (year: number): number =>
  Math.floor((year - 2000) * 0.2422 + 4.81) - Math.floor((year - 2000) / 4);

/** The festivals of a year from 2000 to 2030; null for others. */
export function lunarFestivals(year: number): LunarFestivals | null {
  const row = festivals[year];
  if (row === undefined) return null;
  const dayAt = (at: number): DayNumber =>
    dayIn(year, Number(row.slice(at, at + 2)), Number(row.slice(at + 3, at + 5)));
  return {
    newYear: dayAt(0),
    chingMing: dayIn(year, 4, chingMingOf(year)),
    buddha: dayAt(6),
    tuenNg: dayAt(12),
    midAutumn: dayAt(18),
    chungYeung: dayAt(24),
  };
}
