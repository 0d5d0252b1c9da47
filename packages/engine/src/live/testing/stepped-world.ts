import type { ProviderWorld } from '@plimsoll/ports';

/** A world whose time passes only when it is told to; whoever waits goes on when the time has come. */
export interface SteppedWorld extends ProviderWorld {
  /** Lets time pass, waking whoever waits in the order of their times. */
  pass(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Lets every promise that can go on go on. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function steppedWorld(startMs: number): SteppedWorld {
  let now = startMs;
  let sleepers: Sleeper[] = [];
  return {
    nowMs: () => now,
    random: () => 0.5,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const end = () => reject(signal.reason);
        if (signal.aborted) return end();
        const wake = () => {
          signal.removeEventListener('abort', end);
          resolve();
        };
        signal.addEventListener('abort', end, { once: true });
        sleepers.push({ at: now + ms, wake });
      }),
    pass: async (ms) => {
      const until = now + ms;
      await settle();
      for (;;) {
        const next = Math.min(...sleepers.map(({ at }) => at));
        if (!(next <= until)) break;
        now = Math.max(now, next);
        const due = sleepers.filter(({ at }) => at <= now);
        sleepers = sleepers.filter(({ at }) => at > now);
        for (const { wake } of due) wake();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
