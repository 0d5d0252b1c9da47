import type { Instrument } from '@plimsoll/domain';
import type { DayNumber } from '@plimsoll/kernel';
import type { DailyBars, DailyHistory, MarketAction, QualityItem } from '@plimsoll/ports';

/** What a provider answered, and what is known beside it. */
export interface ToTake {
  readonly listing: Instrument;
  /** The provider's id. */
  readonly source: string;
  readonly history: DailyHistory;
  /** Days that were asked for; what comes from outside of them is not taken. */
  readonly from: DayNumber;
  readonly until: DayNumber;
  /** As traded, in the listing's unit; those before the range too, so that the first new days have neighbours. */
  readonly known: DailyBars;
  /** Whether the newest known days came from this source. */
  readonly isSameSource: boolean;
  readonly actions: readonly MarketAction[];
  readonly tradingDays: Int32Array | null;
  /** What was decided about rows and repairs of this listing. */
  readonly decided: readonly QualityItem[];
}

/** The last known day: it stays the same while nothing is taken, and so does the note of it. */
export const anchorOf = ({ known, from }: ToTake): DayNumber => known.days.at(-1) ?? from;

/** Whether later splits are undone in what the provider gives. */
export const isAdjusted = ({ prices }: DailyHistory): boolean => prices === 'split-adjusted';

export const within = (day: DayNumber, from: DayNumber, until: DayNumber): boolean =>
  day >= from && day < until;
