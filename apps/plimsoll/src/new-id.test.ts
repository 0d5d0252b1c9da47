import { expect, test } from 'vitest';
import { idMaker } from './new-id.ts';

test('ids are UUIDs of version 7 that carry their millisecond', () => {
  const id = idMaker(() => 0x0192_3456_789a)();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(id.slice(0, 13)).toBe('01923456-789a');
});

test('later ids sort after earlier ones, also when the clock stands still or goes back', () => {
  let now = 5_000;
  const newId = idMaker(() => now);
  const ids = Array.from({ length: 10_000 }, (_, i) => {
    if (i === 5_000) now = 4_000;
    return newId();
  });
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});
