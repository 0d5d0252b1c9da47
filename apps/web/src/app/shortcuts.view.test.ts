import { expect, test } from 'vitest';
import { stepOf } from './shortcuts.ts';

test('g waits for the page, then any key is one', () => {
  expect(stepOf('g', false)).toEqual({ kind: 'wait' });
  expect(stepOf('h', true)).toEqual({ kind: 'go', key: 'h' });
  expect(stepOf('/', true)).toEqual({ kind: 'go', key: '/' });
});

test('single keys', () => {
  expect(stepOf('/', false)).toEqual({ kind: 'filter' });
  expect(stepOf('?', false)).toEqual({ kind: 'sheet' });
  expect(stepOf('h', false)).toEqual({ kind: 'none' });
});
