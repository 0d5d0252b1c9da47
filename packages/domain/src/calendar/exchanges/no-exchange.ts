import type { CalendarRules } from '../calendar-rules.ts';
import { fixedDay } from '../holiday-rule.ts';

const always = { from: '1900-01-01', until: '2200-01-01' };

/** Crypto: every day from midnight to midnight UTC. */
export const roundTheClock: CalendarRules = {
  mic: '24/7',
  name: 'Every day, round the clock',
  zone: 'UTC',
  known: always,
  hours: [{ from: always.from, open: '00:00', close: '24:00' }],
  closed: [],
  weekends: true,
};

/**
 * Currencies: Sunday to Friday from 17:00 to 17:00 in New York, the day being that of the close.
 * Christmas and New Year's Day, on which next to nothing is quoted, count as closed.
 */
export const currencies: CalendarRules = {
  mic: '24/5',
  name: 'Currencies, Monday to Friday round the clock',
  zone: 'America/New_York',
  known: always,
  hours: [{ from: always.from, open: '17:00', close: '17:00', opensDayBefore: true }],
  closed: [fixedDay("New Year's Day", 1, 1), fixedDay('Christmas Day', 12, 25)],
};

/** Stands in where the exchange is not known: Monday to Friday from midnight to midnight UTC. */
export const weekdays: CalendarRules = {
  mic: 'weekdays',
  name: 'Monday to Friday',
  zone: 'UTC',
  known: always,
  hours: [{ from: always.from, open: '00:00', close: '24:00' }],
  closed: [],
  guess: true,
};
