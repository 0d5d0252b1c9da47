import type { Day } from '@plimsoll/kernel';
import type { HolidayRule } from './holiday-rule.ts';

/** Times on the exchange's clocks, `09:30`; from included, until not. */
export type ClockSpan = readonly [from: string, until: string];

/** The usual hours from a day on. */
export interface UsualHours {
  readonly from: Day;
  readonly open: string;
  readonly close: string;
  readonly breaks?: readonly ClockSpan[];
  /** The session of a day begins the evening before, as that of currencies does. */
  readonly opensDayBefore?: true;
}

/** Days that end early. `at: 'break'` is the time at which the usual first break begins. */
export interface EarlyClose {
  readonly rule: HolidayRule;
  readonly at: string;
}

/** A day with hours of its own, a weekend or holiday as it may be. */
export interface SpecialDay {
  readonly day: Day;
  readonly name: string;
  /** What it traded, in order; null where it traded and the hours are not on record. */
  readonly hours: readonly ClockSpan[] | null;
}

/** All that is written down of an exchange; its calendar follows from it. */
export interface CalendarRules {
  readonly mic: string;
  readonly name: string;
  readonly zone: string;
  /** `until` is not included. */
  readonly known: { readonly from: Day; readonly until: Day };
  /** Days rising; before the first, hours are not on record. */
  readonly hours: readonly UsualHours[];
  readonly closed: readonly HolidayRule[];
  readonly early?: readonly EarlyClose[];
  readonly special?: readonly SpecialDay[];
  /** Trades on Saturdays and Sundays too. */
  readonly weekends?: true;
  /** Stands in for an exchange of which nothing is known. */
  readonly guess?: true;
}
