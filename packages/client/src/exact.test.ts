import { expect, test } from 'vitest';
import { compareExact, negateExact, signOf, sumExact } from './exact.ts';

test('sums what floats cannot', () => {
  expect(sumExact(['0.1', '0.2', '-0.3'])).toBe('0');
  expect(sumExact(['9007199254740993.01', '0.000000000000000001'])).toBe(
    '9007199254740993.010000000000000001',
  );
  expect(sumExact([])).toBe('0');
});

test('compares by value, not by text', () => {
  expect(compareExact('10', '9.999999999999999999')).toBe(1);
  expect(compareExact('-2', '1')).toBe(-1);
  expect(compareExact('1.50', '1.5')).toBe(0);
  expect(signOf('-0.000000000000000001')).toBe(-1);
  expect(negateExact('12.5')).toBe('-12.5');
});

test('refuses what is not a number', () => {
  expect(() => sumExact(['1,5'])).toThrow('"1,5" is not an exact number');
});
