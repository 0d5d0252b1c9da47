import { formatDecimal, formatPrice } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { readNumber, readPrice } from './read-number.ts';

const read = (text: string, decimal: '.' | ',') => {
  const result = readNumber(text, { decimal });
  return result.ok ? formatDecimal(result.value) : result.fault.code;
};

describe('readNumber', () => {
  it.each([
    ['1234.5', '1234.5'],
    ['-$1,259.59', '-1259.59'],
    ['$-1,259.59', '-1259.59'],
    ['(12.00)', '-12'],
    ['5.5-', '-5.5'],
    ['−3', '-3'],
    ['+7', '7'],
    ['€ 12.30', '12.3'],
    ['12.30 EUR', '12.3'],
    ['US$5', '5'],
    ["1'234'567.89", '1234567.89'],
    ['1 234 567', '1234567'],
    ['.5', '0.5'],
    ['0.', '0'],
    ['1e-8', '0.00000001'],
    ['0700', '700'],
    ['123456789.123456789012345678', '123456789.123456789012345678'],
  ])('reads %s with a decimal point', (text, expected) => {
    expect(read(text, '.')).toBe(expected);
  });

  it.each([
    ['-31,91', '-31.91'],
    ['1.046,3825', '1046.3825'],
    ['1 046,3825', '1046.3825'],
    ['1.234.567', '1234567'],
    ['0,039', '0.039'],
    ['12,5 €', '12.5'],
  ])('reads %s with a decimal comma', (text, expected) => {
    expect(read(text, ',')).toBe(expected);
  });

  it.each([
    ['12abc', '.'],
    ['12 monkeys', '.'],
    ['', '.'],
    ['-', '.'],
    ['--5', '.'],
    ['(-5)', '.'],
    ['1,23', '.'],
    ['1,23,456', '.'],
    ['0,039', '.'],
    ['1.2.3', '.'],
    ["1,234'567", '.'],
    ['-97.93', ','],
    ['Infinity', '.'],
    ['0x10', '.'],
    ['٣', '.'],
    ['9'.repeat(5000), '.'],
  ] as const)('refuses %s', (text, decimal) => {
    expect(readNumber(text, { decimal }).ok).toBe(false);
  });

  it('reads a price to 24 digits', () => {
    const result = readPrice('0.000000000000000000000001', { decimal: '.' });
    expect(result.ok && formatPrice(result.value)).toBe('0.000000000000000000000001');
  });
});
