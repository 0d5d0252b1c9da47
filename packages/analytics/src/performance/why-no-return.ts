import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { ReturnGaps } from './daily-returns.ts';

/** Why a chain of returns means nothing, in words; null where it does. `first` is the day of index 0. */
export function whyNoReturn(gaps: ReturnGaps, first: DayNumber): string | null {
  if (gaps.negativeAt < 0) return null;
  const day = dayFromNumber(first + gaps.negativeAt);
  return `There is a negative portfolio value on ${day}: what is owed exceeds what is held, so returns mean nothing from there on.`;
}
