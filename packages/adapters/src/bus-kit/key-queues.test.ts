import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyQueues } from './key-queues.ts';
import { partitionOf } from './partition-of.ts';

it('does the work of a key in order and one at a time, and is idle once all of it is done', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 2 })), { maxLength: 30 }),
      async (given) => {
        const queues = new KeyQueues();
        const [running, done]: [Set<string>, [string, number][]] = [new Set(), []];
        given.forEach(([key, pause], i) => {
          queues.add(key, async () => {
            expect(running.has(key)).toBe(false);
            running.add(key);
            if (pause > 0) await wait(pause);
            running.delete(key);
            done.push([key, i]);
          });
        });
        await queues.idle();
        expect(queues.busy).toBe(0);
        for (const key of ['a', 'b', 'c']) {
          const order = given.flatMap(([one], i) => (one === key ? [[key, i]] : []));
          expect(done.filter(([one]) => one === key)).toEqual(order);
        }
      },
    ),
    { numRuns: 30 },
  );
});

it('puts a key where it was always put, and keys evenly', () => {
  // Changing one of these would reorder messages that are under way.
  expect(['', 'main', 'key-1', 'ä\u{1f6a2}'].map((key) => partitionOf(key, 8))).toEqual([
    5, 0, 6, 0,
  ]);
  const counts = new Array<number>(8).fill(0);
  for (let i = 0; i < 8000; i++) {
    const at = partitionOf(`workspace-${i}`, 8);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
});
