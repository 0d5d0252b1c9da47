import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChunkLanes } from './chunk-lanes.ts';

it('gives out every set once, whoever asks and however often', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 60 }),
      fc.infiniteStream(fc.nat({ max: 4 })),
      (count, lanes, size, turns) => {
        const shared = new ChunkLanes(count, lanes, size);
        const times = new Array<number>(count).fill(0);
        for (const turn of turns) {
          const chunk = shared.take(turn % lanes);
          if (!chunk) break;
          expect(chunk.until - chunk.from).toBeLessThanOrEqual(size);
          for (let set = chunk.from; set < chunk.until; set++) times[set] = (times[set] ?? 0) + 1;
        }
        expect(times.every((each) => each === 1)).toBe(true);
      },
    ),
  );
});
