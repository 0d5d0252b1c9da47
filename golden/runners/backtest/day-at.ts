import { type Day, dayFromNumber } from '@plimsoll/kernel';

/** The day, UTC, of a time in milliseconds. */
export const dayAt = (at: number): Day => dayFromNumber(Math.floor(at / 86_400_000));
