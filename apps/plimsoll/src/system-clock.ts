import type { Clock } from '@plimsoll/ports';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
