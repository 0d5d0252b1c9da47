import { setTimeout as pause } from 'node:timers/promises';
import type { ProviderWorld } from '@plimsoll/ports';
import { systemClock } from '../system-clock.ts';

/** The longest that a timer of Node's can wait. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock, timers and chance. */
export const systemWorld: ProviderWorld = {
  nowMs: () => Date.parse(systemClock.now()),
  wait: async (ms, signal) => {
    await pause(Math.min(ms, longestTimerMs), undefined, { signal });
  },
  random: () => Math.random(),
};
