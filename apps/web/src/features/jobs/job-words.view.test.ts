import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countText, durationText, itemState, jobState, leftText, tookText } from './job-words.ts';

test('durations are rounded as people say them', () => {
  expect(durationText(4)).toBe('4 s');
  expect(durationText(43)).toBe('45 s');
  expect(durationText(161)).toBe('2 min 40 s');
  expect(durationText(599)).toBe('10 min');
  expect(durationText(3599)).toBe('1 h');
  expect(durationText(11_400)).toBe('3 h 10 min');
});

test('a duration is never written with a part that the next unit would hold', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const text = durationText(seconds);
      const [, rest] = text.match(/(?:min|h) (\d+)/) ?? [];
      expect(text).toMatch(/^(?:under )?\d+ (?:s|min|h)(?: \d+ (?:s|min))?$/);
      if (rest !== undefined) expect(Number(rest)).toBeLessThan(60);
    }),
  );
});

test('a job says how far it is and how long it will take, or took', () => {
  expect(countText({ done: 35, failed: 2, total: 500 })).toBe('37 of 500, 2 given up');
  const now = Date.parse('2026-03-31T10:00:00Z');
  const expectedAt = '2026-03-31T10:02:38Z';
  expect(leftText({ expectedAt, finishedAt: null }, now)).toBe('about 2 min 40 s left');
  expect(leftText({ expectedAt: '2026-03-31T09:59:00Z', finishedAt: null }, now)).toBe(
    'nearly done',
  );
  expect(leftText({ expectedAt: null, finishedAt: null }, now)).toBe('');
  expect(leftText({ expectedAt, finishedAt: expectedAt }, now)).toBe('');
  expect(tookText({ startedAt: '2026-03-31T10:00:00Z', finishedAt: '2026-03-31T10:00:07Z' })).toBe(
    'took 7 s',
  );
});

test('one that is done with items given up is not simply done', () => {
  expect(jobState({ state: 'done', failed: 0 }).word).toBe('Done');
  expect(jobState({ state: 'done', failed: 1 }).word).toBe('Done in part');
  expect(itemState({ state: 'waiting', attempts: 2 }).word).toBe('Tried 2 times');
});
