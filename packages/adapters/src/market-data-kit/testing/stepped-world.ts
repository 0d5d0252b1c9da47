import type { ProviderWorld } from '@plimsoll/ports';

/** A clock that stands still until it is moved; whoever waits goes on when its time has come. */
export interface SteppedWorld extends ProviderWorld {
  readonly advance: (ms: number) => void;
}

interface Waiter {
  readonly at: number;
  readonly go: () => void;
}

export function steppedWorld(startMs: number): SteppedWorld {
  let now = startMs;
  const waiters = new Set<Waiter>();
  return {
    nowMs: () => now,
    // Back-off of a few milliseconds: what is tested is that it connects again, not when.
    random: () => 0.01,
    advance: (ms) => {
      now += ms;
      for (const waiter of [...waiters]) {
        if (waiter.at <= now) waiter.go();
      }
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const stop = (): void => {
          waiters.delete(waiter);
          reject(signal.reason);
        };
        const waiter: Waiter = {
          at: now + ms,
          go: () => {
            waiters.delete(waiter);
            signal.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (ms <= 0) return resolve();
        waiters.add(waiter);
        signal.addEventListener('abort', stop, { once: true });
      }),
  };
}
