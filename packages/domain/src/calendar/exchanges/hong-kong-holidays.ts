import { type DayNumber, weekday } from '@plimsoll/kernel';
import { easterSunday } from '../easter.ts';
import { dayIn } from '../holiday-rule.ts';
import { type LunarFestivals, lunarFestivals } from '../lunar-festivals.ts';

const sunday = 6;

/**
 * General holidays of Hong Kong in a year from 2000 to 2030; none for other years. One that falls
 * on a Sunday or on another general holiday is kept on the next day that is neither; before 2012
 * New Year and Mid-Autumn were made up for on the day before instead.
 *
 * Source: General Holidays Ordinance (Cap. 149) with its amendment of 2011, and the lists gazetted
 * each year.
 */
export function hongKongHolidays(year: number): Map<DayNumber, string> {
  const lunar = lunarFestivals(year);
  const kept = new Map<DayNumber, string>();
  if (!lunar) return kept;
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
