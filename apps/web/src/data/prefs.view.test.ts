import { expect, test } from 'vitest';
import { readPrefs } from './prefs.ts';

test('keeps what was kept and fills in what is new', () => {
  expect(readPrefs('{"theme":"dark"}')).toMatchObject({ theme: 'dark', density: 'comfortable' });
});

test('damage falls back instead of breaking the page', () => {
  expect(readPrefs('{"theme":').theme).toBe('system');
  expect(readPrefs('null').theme).toBe('system');
  expect(readPrefs(null).hideAmounts).toBe(false);
});
