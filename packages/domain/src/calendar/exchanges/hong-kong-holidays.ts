import { type DayNumber, dayNumber, weekday } from '@plimsoll/kernel';
import { easterSunday } from '../easter.ts';
import { dayIn } from '../holiday-rule.ts';
import { type LunarFestivals, lunarFestivals } from '../lunar-festivals.ts';

const sunday = 6;

/**
 * Weekdays without trading before the year 2000: holidays, typhoons and the four days after the
 * crash of 1987.
 *
 * Source: the days on which the Hang Seng Index was computed.
 */
const closedDays: Readonly<Record<number, string>> = {
  1987: '01-01 01-29 01-30 04-06 04-17 04-20 06-01 06-15 08-31 10-08 10-20 10-21 10-22 10-23 12-25',
  1988: '01-01 02-17 02-18 02-19 04-01 04-04 04-05 06-13 08-29 09-26 10-19 12-26 12-27',
  1989: '01-02 02-06 02-07 02-08 03-24 03-27 04-05 06-08 06-19 08-28 09-15 10-09 12-25 12-26',
  1990: '01-01 01-26 01-29 04-05 04-13 04-16 05-28 06-18 08-27 10-04 10-26 12-25 12-26',
  1991: '01-01 02-15 03-29 04-01 04-05 06-17 06-18 08-26 09-23 10-16 12-25 12-26',
  1992: '01-01 02-04 02-05 02-06 04-17 04-20 06-05 06-15 07-22 08-31 10-05 12-25',
  1993: '01-01 01-22 01-25 04-05 04-09 04-12 06-14 06-24 08-30 09-17 10-01 12-27',
  1994: '02-10 02-11 04-01 04-04 04-05 06-13 06-14 08-29 09-21 10-13 12-26 12-27',
  1995: '01-02 01-31 02-01 02-02 04-05 04-14 04-17 06-02 06-19 08-28 11-01 12-25 12-26',
  1996: '01-01 02-19 02-20 02-21 04-04 04-05 04-08 06-17 06-20 08-26 10-21 12-25 12-26',
  1997: '01-01 02-07 03-28 03-31 06-09 06-30 07-01 07-02 08-18 09-17 10-01 10-02 10-10 12-25 12-26',
  1998: '01-01 01-28 01-29 01-30 04-06 04-10 04-13 07-01 08-17 10-01 10-02 10-06 10-28 12-25',
  1999: '01-01 02-16 02-17 02-18 04-02 04-05 04-06 06-18 07-01 09-16 10-01 10-18 12-27 12-31',
};

/**
 * General holidays of Hong Kong in a year from 1987 to 2030; none for other years. One that falls
 * on a Sunday or on another general holiday is kept on the next day that is neither; before 2012
 * New Year and Mid-Autumn were made up for on the day before instead.
 *
 * Source: General Holidays Ordinance (Cap. 149) with its amendment of 2011, and the lists gazetted
 * each year.
 */
export function hongKongHolidays(year: number): Map<DayNumber, string> {
  const lunar = lunarFestivals(year);
  const kept = new Map<DayNumber, string>();
  if (!lunar) {
    const dates = closedDays[year]?.split(' ') ?? [];
    return new Map(dates.map((date) => [dayNumber(`${year}-${date}`), 'Exchange holiday']));
  }
  for (const [name, day] of generalHolidays(year, lunar)) {
    let on = day;
    while (weekday(on) === sunday || kept.has(on)) on++;
    kept.set(on, name);
  }
  return kept;
}

/** In the order in which they give way to each other. */
function generalHolidays(year: number, lunar: LunarFestivals): (readonly [string, DayNumber])[] {
  const easter = easterSunday(year);
  return [
    ["New Year's Day", dayIn(year, 1, 1)],
    ...lunarNewYear(year, lunar.newYear),
    ['Good Friday', easter - 2],
    ['Day following Good Friday', easter - 1],
    ['Easter Monday', easter + 1],
    ['Ching Ming Festival', lunar.chingMing],
    ['Labour Day', dayIn(year, 5, 1)],
    ["Buddha's Birthday", lunar.buddha],
    ['Tuen Ng Festival', lunar.tuenNg],
    ['HKSAR Establishment Day', dayIn(year, 7, 1)],
    ['Day following Mid-Autumn Festival', dayAfterMidAutumn(year, lunar.midAutumn)],
    ['National Day', dayIn(year, 10, 1)],
    ['Chung Yeung Festival', lunar.chungYeung],
    ['Christmas Day', dayIn(year, 12, 25)],
    ['First weekday after Christmas', dayIn(year, 12, 26)],
  ];
}

function lunarNewYear(year: number, first: DayNumber): (readonly [string, DayNumber])[] {
  const days = [first, first + 1, first + 2];
  const onSunday = days.find((day) => weekday(day) === sunday);
  if (onSunday !== undefined && year < 2012) {
    return [first - 1, ...days.filter((day) => day !== onSunday)].map((day) => [
      'Lunar New Year',
      day,
    ]);
  }
  return days.map((day) => ['Lunar New Year', day]);
}

const dayAfterMidAutumn = (year: number, midAutumn: DayNumber): DayNumber =>
  year < 2012 && weekday(midAutumn + 1) === sunday ? midAutumn : midAutumn + 1;
