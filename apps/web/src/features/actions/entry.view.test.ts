import { expect, test } from 'vitest';
import { bodyOf, emptyDraft, faultsOf } from './entry.ts';

const split = { ...emptyDraft, instrument: 'a', day: '2026-03-31', value: '4:1' };

test('a split is sent as a ratio, and nothing that its form does not show', () => {
  expect(faultsOf(split, 'en-IE')).toEqual({});
  expect(bodyOf({ ...split, currency: 'EUR', second: '1' }, 'en-IE')).toEqual({
    instrument: 'a',
    kind: 'split',
    day: '2026-03-31',
    value: '4:1',
  });
});

test('a dividend is sent as exact text, as the writer’s locale reads it', () => {
  const dividend = {
    ...split,
    kind: 'dividend',
    value: '1,52',
    currency: 'EUR',
    payDay: '2026-04-10',
  } as const;
  expect(bodyOf(dividend, 'de-DE')).toEqual({
    instrument: 'a',
    kind: 'dividend',
    day: '2026-03-31',
    value: '1.52',
    currency: 'EUR',
    payDay: '2026-04-10',
  });
});

test('what is missing is said at its field', () => {
  expect(faultsOf(emptyDraft, 'en-IE')).toEqual({
    instrument: 'Choose one.',
    day: 'A day like 31 March 2026.',
    value: 'A ratio like 4:1.',
  });
  expect(faultsOf({ ...split, value: '4' }, 'en-IE')).toHaveProperty('value');
  expect(faultsOf({ ...split, value: '4:1:2' }, 'en-IE')).toHaveProperty('value');
  expect(faultsOf({ ...split, kind: 'spin-off', value: '0.25' }, 'en-IE')).toEqual({
    other: 'Say it.',
  });
  expect(
    faultsOf({ ...split, kind: 'merger', value: '0', second: 'x', currency: 'E' }, 'en-IE'),
  ).toEqual({
    currency: 'A code like EUR.',
    second: 'A number, or nothing.',
  });
});

test('a new symbol needs no value', () => {
  expect(
    bodyOf({ ...split, kind: 'symbol-change', value: '', other: 'NEW' }, 'en-IE'),
  ).toMatchObject({
    value: '1',
    other: 'NEW',
  });
});
