import { type DayNumber, weekday } from '@plimsoll/kernel';
import { dayIn, nthWeekdayOf } from '../holiday-rule.ts';

const [monday, sunday] = [0, 6];

/**
 * The day of month of the equinoxes in Japan, 1980–2099.
 *
 * Source: Hydrographic Department of Japan, 暦計算研究会編「新こよみ便利帳」; the days themselves are
 * announced by the National Astronomical Observatory each February for the year after.
 */
const equinox = (year: number, at1980: number): number =>
  Math.floor(at1980 + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4);

/** The summer of the Tokyo Olympics, when three holidays were moved: [sea, sports, mountain]. */
const olympicSummers: Readonly<Record<number, readonly [string, number, number][]>> = {
  2020: [
    ['Marine Day', 7, 23],
    ['Sports Day', 7, 24],
    ['Mountain Day', 8, 10],
  ],
  2021: [
    ['Marine Day', 7, 22],
    ['Sports Day', 7, 23],
    ['Mountain Day', 8, 8],
  ],
};

function summer(year: number): (readonly [string, DayNumber])[] {
  const moved = olympicSummers[year];
  if (moved) return moved.map(([name, month, day]) => [name, dayIn(year, month, day)]);
  const days: (readonly [string, DayNumber])[] = [
    ['Marine Day', year < 2003 ? dayIn(year, 7, 20) : nthWeekdayOf(year, 7, 3, monday)],
    ['Sports Day', nthWeekdayOf(year, 10, 2, monday)],
  ];
  if (year >= 2016) days.push(['Mountain Day', dayIn(year, 8, 11)]);
  return days;
}

function emperorsDays(year: number): (readonly [string, DayNumber])[] {
  if (year < 2019) return [["Emperor's Birthday", dayIn(year, 12, 23)]];
  if (year > 2019) return [["Emperor's Birthday", dayIn(year, 2, 23)]];
  return [
    ['Accession of the Emperor', dayIn(year, 5, 1)],
    ['Enthronement of the Emperor', dayIn(year, 10, 22)],
  ];
}

/** The days that the act names, before it fills Sundays and gaps. */
function namedDays(year: number): Map<DayNumber, string> {
  const days: (readonly [string, DayNumber])[] = [
    ["New Year's Day", dayIn(year, 1, 1)],
    ['Coming of Age Day', nthWeekdayOf(year, 1, 2, monday)],
    ['National Foundation Day', dayIn(year, 2, 11)],
    ['Vernal Equinox Day', dayIn(year, 3, equinox(year, 20.8431))],
    [year < 2007 ? 'Greenery Day' : 'Showa Day', dayIn(year, 4, 29)],
    ['Constitution Memorial Day', dayIn(year, 5, 3)],
    ["Children's Day", dayIn(year, 5, 5)],
    [
      'Respect for the Aged Day',
      year < 2003 ? dayIn(year, 9, 15) : nthWeekdayOf(year, 9, 3, monday),
    ],
    ['Autumnal Equinox Day', dayIn(year, 9, equinox(year, 23.2488))],
    ['Culture Day', dayIn(year, 11, 3)],
    ['Labour Thanksgiving Day', dayIn(year, 11, 23)],
    ...summer(year),
    ...emperorsDays(year),
  ];
  if (year >= 2007) days.push(['Greenery Day', dayIn(year, 5, 4)]);
  return new Map(days.map(([name, day]) => [day, name]));
}

/**
 * National holidays of Japan in a year from 2000 on. One that falls on a Sunday is made up for on the
 * next day that is none (before 2007: on Monday); a weekday between two holidays is one too.
 *
 * Source: 国民の祝日に関する法律 (Act on National Holidays, 1948), articles 2 and 3 with the
 * amendments of 1998, 2001, 2005, 2014 and 2018; special acts for 2019, 2020 and 2021.
 */
export function japaneseHolidays(year: number): Map<DayNumber, string> {
  const named = namedDays(year);
  const all = new Map(named);
  for (const [day, name] of named) {
    if (weekday(day) !== sunday) continue;
    let substitute = day + 1;
    while (year >= 2007 && named.has(substitute)) substitute++;
    if (!named.has(substitute)) all.set(substitute, `${name} in lieu`);
  }
  for (const day of named.keys()) {
    const between = day + 1;
    if (!all.has(between) && named.has(day + 2) && weekday(between) !== sunday) {
      all.set(between, "Citizens' Holiday");
    }
  }
  return all;
}
