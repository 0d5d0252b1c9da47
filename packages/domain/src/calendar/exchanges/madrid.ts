import type { CalendarRules } from '../calendar-rules.ts';
import { aroundEaster, fixedDay, inYears } from '../holiday-rule.ts';

const christmasEve = fixedDay('Christmas Eve', 12, 24);
const newYearsEve = fixedDay("New Year's Eve", 12, 31);

/**
 * Bolsa de Madrid (BME): the eves of Christmas and New Year were closed until 2010 and in 2021 to
 * 2023, and end at 14:00 in other years.
 *
 * Source: BME, "Trading calendar"; checked against days on which Banco Santander traded.
 */
export const madrid: CalendarRules = {
  mic: 'XMAD',
  name: 'Bolsa de Madrid',
  zone: 'Europe/Madrid',
  known: { from: '2005-01-01', until: '2031-01-01' },
  hours: [{ from: '2005-01-01', open: '09:00', close: '17:30' }],
  closed: [
    fixedDay("New Year's Day", 1, 1),
    inYears(0, 2007, fixedDay('Epiphany', 1, 6)),
    aroundEaster('Good Friday', -2),
    aroundEaster('Easter Monday', 1),
    fixedDay('Labour Day', 5, 1),
    fixedDay('Christmas Day', 12, 25),
    fixedDay('Boxing Day', 12, 26),
    ...[christmasEve, newYearsEve].flatMap((rule) => [
      inYears(0, 2011, rule),
      inYears(2021, 2024, rule),
    ]),
  ],
  early: [christmasEve, newYearsEve].map((rule) => ({ rule, at: '14:00' })),
};
