import type { CalendarRules } from '../calendar-rules.ts';
import { aroundEaster, exceptIn, fixedDay } from '../holiday-rule.ts';

/**
 * SIX Swiss Exchange; no half days. From 25 June 2001 to the end of 2002 shares traded on Swiss
 * holidays, with virt-x, and on 1 August in 2003 and 2005 too.
 *
 * Source: SIX Swiss Exchange, "Trading & Currency Holiday Calendar"; SWX, notice of 15 May 2001 (Mondo
 * Visione), which also has the close at 17:00 until then; checked against every day from 2000 to
 * March 2026 on which the SMI was computed. From 25 June 2001 SWX closed at 18:00 for a few
 * weeks, until a day that was not found; here it is 17:30.
 */
export const six: CalendarRules = {
  mic: 'XSWX',
  name: 'SIX Swiss Exchange',
  zone: 'Europe/Zurich',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [
    { from: '2000-01-01', open: '09:00', close: '17:00' },
    { from: '2001-06-25', open: '09:00', close: '17:30' },
  ],
  closed: [
    fixedDay("New Year's Day", 1, 1),
    exceptIn([2002], fixedDay("Berchtold's Day", 1, 2)),
    aroundEaster('Good Friday', -2),
    aroundEaster('Easter Monday', 1),
    fixedDay('Labour Day', 5, 1),
    exceptIn([2002], aroundEaster('Ascension Day', 39)),
    exceptIn([2002], aroundEaster('Whit Monday', 50)),
    exceptIn([2001, 2002, 2003, 2005], fixedDay('National Day', 8, 1)),
    fixedDay('Christmas Eve', 12, 24),
    fixedDay('Christmas Day', 12, 25),
    fixedDay("St Stephen's Day", 12, 26),
    fixedDay("New Year's Eve", 12, 31),
  ],
};
