import { expect, test } from 'vitest';
import { sentences } from './sentence.ts';

test('each has one full stop', () => {
  expect(sentences('"ten" is not a number.', 'Correct it')).toBe(
    '"ten" is not a number. Correct it.',
  );
  expect(sentences('')).toBe('');
});
