import { decimal } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { markOf, readEither, readings } from './read-either.ts';

describe('readEither', () => {
  it.each([
    ['-97.93', ',', '-97.93'],
    ['-97,93', '.', '-97.93'],
    ['1.234,5', '.', '1234.5'],
    ['1,234.5', ',', '1234.5'],
    ['0,039', '.', '0.039'],
    ['1.234', ',', '1234'],
    ['1.234', '.', '1.234'],
    ['-405,55', ',', '-405.55'],
  ] as const)('reads %s in a file that uses %s', (text, mark, expected) => {
    expect(readEither(text, mark)).toBe(decimal(expected));
  });

  it('knows both meanings of a number with three digits behind its only mark', () => {
    expect(readings('5,416', ',')).toEqual([decimal('5.416'), decimal('5416')]);
    expect(readings('5,41', ',')).toEqual([decimal('5.41')]);
  });

  it.each(['', '12x', '1.2.3'])('refuses %j', (text) => {
    expect(readEither(text, '.')).toBeUndefined();
  });

  it('takes the mark that most amounts use', () => {
    expect(markOf(['1,50', '2,5', '3.50'])).toBe(',');
    expect(markOf(['1.50', '1,234.50'])).toBe('.');
  });
});
