import { virtualWorld } from '@plimsoll/ports/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const idle = new AbortController().signal;

describe('a token bucket', () => {
  it('lets no more pass in any window than it may, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          requests: fc.integer({ min: 1, max: 30 }),
          perMs: fc.integer({ min: 10, max: 5000 }),
          burst: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
        }),
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 }),
        async ({ requests, perMs, burst }, pauses) => {
          const world = virtualWorld(1_000_000);
          const rate = { requests, perMs, ...(burst === undefined ? {} : { burst }) };
          const bucket = new TokenBucket(rate, world);
          const passed: number[] = [];
          for (const pause of pauses) {
            world.advance(pause);
            await bucket.take(idle);
            passed.push(world.nowMs());
          }
          for (const [i, at] of passed.entries()) {
            const within = passed.slice(i).filter((other) => other < at + perMs - 1e-6);
            expect(within.length).toBeLessThanOrEqual(requests);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('serves in the order of asking, and says how long the next would wait', async () => {
    const world = virtualWorld(0);
    const bucket = new TokenBucket({ requests: 2, perMs: 1000, burst: 1 }, world);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => bucket.take(idle).then(() => order.push(n))));
    expect(order).toEqual([1, 2, 3]);
    expect(world.nowMs()).toBe(1000);
    expect(bucket.waitingMs()).toBe(500);
  });

  it('is empty until the provider says otherwise', async () => {
    const world = virtualWorld(0);
    const bucket = new TokenBucket({ requests: 100, perMs: 1000 }, world);
    bucket.holdUntil(60_000);
    expect([bucket.isHeld(), bucket.waitingMs()]).toEqual([true, 60_000]);
    await bucket.take(idle);
    expect(world.nowMs()).toBe(60_000);
    expect(bucket.isHeld()).toBe(false);
  });

  it('is left by whoever gives up', async () => {
    const bucket = new TokenBucket({ requests: 1, perMs: 1000 }, virtualWorld(0));
    await bucket.take(idle);
    await expect(bucket.take(AbortSignal.abort())).rejects.toThrow();
  });
});
