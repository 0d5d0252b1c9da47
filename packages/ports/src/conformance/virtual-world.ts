import type { ProviderWorld } from '../market-data/market-data.ts';

/** A clock that only waiting moves, and waiting that takes no time: what takes hours is tested at once. */
export interface VirtualWorld extends ProviderWorld {
  /** Every wait that was asked for, milliseconds. */
  readonly waits: readonly number[];
  readonly advance: (ms: number) => void;
}

export function virtualWorld(startMs: number, random = 0.5): VirtualWorld {
  let now = startMs;
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => now,
    random: () => random,
    advance: (ms) => {
      now += ms;
    },
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      const until = now + ms;
      await Promise.resolve();
      signal.throwIfAborted();
      now = Math.max(now, until);
    },
  };
}
