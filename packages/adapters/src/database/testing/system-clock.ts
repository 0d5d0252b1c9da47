import type { Clock } from '@plimsoll/ports';

/** The machine's time, for processes that stand in for the application. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
