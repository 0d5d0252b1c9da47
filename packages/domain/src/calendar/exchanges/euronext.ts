import type { CalendarRules } from '../calendar-rules.ts';
import { aroundEaster, fixedDay, type HolidayRule, inYears } from '../holiday-rule.ts';

/** What Paris, Amsterdam, Brussels and Lisbon have had in common throughout. */
const common: readonly HolidayRule[] = [
  fixedDay("New Year's Day", 1, 1),
  aroundEaster('Good Friday', -2),
  aroundEaster('Easter Monday', 1),
  fixedDay('Labour Day', 5, 1),
  fixedDay('Christmas Day', 12, 25),
  fixedDay('Boxing Day', 12, 26),
];

const christmasEve = fixedDay('Christmas Eve', 12, 24);
const newYearsEve = fixedDay("New Year's Eve", 12, 31);

/** Holidays of the home country, given up when the exchanges agreed on one calendar for 2002. */
const until2001 = (...rules: readonly HolidayRule[]): readonly HolidayRule[] =>
  [...rules, newYearsEve].map((rule) => inYears(0, 2002, rule));

const hours = [{ from: '2000-01-01', open: '09:00', close: '17:30' }];
const known = { from: '2000-01-01', until: '2031-01-01' };
const early = [christmasEve, newYearsEve].map((rule) => ({ rule, at: '14:05' }));

/**
 * Euronext Paris; half days end at 14:05.
 *
 * Source: Euronext, "Trading hours & holidays", every year since 2002; before, the holidays of the
 * country, checked against days on which the CAC 40 was computed.
 */
export const paris: CalendarRules = {
  mic: 'XPAR',
  name: 'Euronext Paris',
  zone: 'Europe/Paris',
  known,
  hours,
  closed: [
    ...common,
    ...until2001(aroundEaster('Whit Monday', 50), fixedDay('Bastille Day', 7, 14)),
  ],
  early,
};

/** Euronext Amsterdam. Source: as Paris; before 2002 exchange_calendars alone. */
export const amsterdam: CalendarRules = {
  mic: 'XAMS',
  name: 'Euronext Amsterdam',
  zone: 'Europe/Amsterdam',
  known,
  hours,
  closed: [
    ...common,
    inYears(0, 2001, aroundEaster('Ascension Day', 39)),
    ...until2001(aroundEaster('Whit Monday', 50), fixedDay("Queen's Day", 4, 30)),
  ],
  early,
};

/** Euronext Brussels. Source: as Paris; before 2002 checked against days of the BEL 20. */
export const brussels: CalendarRules = {
  mic: 'XBRU',
  name: 'Euronext Brussels',
  zone: 'Europe/Brussels',
  known,
  hours,
  closed: [
    ...common,
    inYears(0, 2001, aroundEaster('Ascension Day', 39)),
    ...until2001(aroundEaster('Whit Monday', 50), fixedDay('National Day', 7, 21)),
  ],
  early,
};

/** Euronext Lisbon, since it joined Euronext's calendar; its clocks are an hour behind Paris. */
export const lisbon: CalendarRules = {
  mic: 'XLIS',
  name: 'Euronext Lisbon',
  zone: 'Europe/Lisbon',
  known: { from: '2003-01-01', until: known.until },
  hours: [{ from: '2003-01-01', open: '08:00', close: '16:30' }],
  closed: common,
  early: [christmasEve, newYearsEve].map((rule) => ({ rule, at: '13:05' })),
};

/**
 * Euronext Milan (Borsa Italiana): closed on the eves of Christmas and New Year and in mid-August,
 * no half days.
 *
 * Source: Borsa Italiana, "Calendario e orari di negoziazione"; checked against days on which Eni
 * traded from 2016 on.
 */
export const milan: CalendarRules = {
  mic: 'XMIL',
  name: 'Euronext Milan',
  zone: 'Europe/Rome',
  known: { from: '2005-01-01', until: known.until },
  hours,
  closed: [...common, fixedDay('Ferragosto', 8, 15), christmasEve, newYearsEve],
};

/**
 * Oslo Børs, since it closes at 16:20; the Wednesday before Easter ends at 13:00.
 *
 * Source: Oslo Børs, "Trading calendar"; checked against days on which Equinor traded.
 */
export const oslo: CalendarRules = {
  mic: 'XOSL',
  name: 'Oslo Børs',
  zone: 'Europe/Oslo',
  known: { from: '2013-01-01', until: known.until },
  hours: [{ from: '2013-01-01', open: '09:00', close: '16:20' }],
  closed: [
    ...common,
    aroundEaster('Maundy Thursday', -3),
    aroundEaster('Ascension Day', 39),
    aroundEaster('Whit Monday', 50),
    fixedDay('Constitution Day', 5, 17),
    christmasEve,
    newYearsEve,
  ],
  early: [{ rule: aroundEaster('Wednesday before Easter', -4), at: '13:00' }],
};
