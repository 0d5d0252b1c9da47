import { describe, expect, it } from 'vitest';
import { type Level, rightLevel } from './right-level.ts';

/** Levels one after the other: rows, `times`, and how many of the rows confirm it. */
function levels(...parts: readonly (readonly [number, number, number])[]): Level[] {
  let until = 0;
  return parts.map(([rows, times, support]) => {
    const from = until;
    until += rows;
    return { from, until, times, support };
  });
}

describe('the right level', () => {
  it.each([
    ['is the latest once five rows confirm it', levels([700, 1, 700], [5, 0, 5]), 0],
    ['is the one before until then', levels([700, 1, 700], [4, 0, 4]), 1],
    ['does not rest on rows without trades', levels([700, 1, 300], [9, 0, 4]), 1],
    ['is the one come back to', levels([700, 0, 700], [6, 1, 6], [2, 0, 2]), 0],
    ['is not a short one come back to', levels([9, 0, 9], [700, 1, 700], [2, 0, 2]), 1],
    ['is that of the latest trades', levels([700, -1, 700], [3, 0, 0]), -1],
    ['is no few trades before days without', levels([700, 0, 700], [4, 1, 4], [3, 0, 0]), 0],
    ['is open after some more trades', levels([700, 0, 700], [9, 1, 9], [3, 0, 0]), null],
    ['is one that lasted', levels([700, 0, 700], [80, 1, 80], [3, 0, 0]), 1],
    ['is open where few ever traded', levels([300, 1, 9], [400, 0, 0]), null],
    ['is open where nothing is confirmed', levels([4, 1, 4], [4, 0, 4]), null],
  ])('%s', (_, given, right) => {
    expect(rightLevel(given)).toBe(right);
  });
});
