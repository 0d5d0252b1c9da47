import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketPrice, priceToFloat, toFloat } from './border.ts';
import { decimal, formatPrice } from './decimal.ts';

describe('a market price', () => {
  it.each([
    [171.48, '171.48'],
    [0.1, '0.1'],
    [100, '100'],
    [4581.905, '4581.905'],
    [0.000000123, '0.000000123'],
    [0.00000001234, '0.00000001234'],
    [0.000000013, '0.000000013'],
    [1.234567890123456e-10, '0.000000000123456789012346'],
    [1e-30, '0'],
    [1e21, '1000000000000000000000'],
  ])('%s counts as its shortest decimal', (value, text) => {
    expect(formatPrice(marketPrice(value))).toBe(text);
  });

  it('is the text that its source wrote, up to 15 digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999_999 }),
        fc.integer({ min: 1, max: 14 }),
        (digits, shift) => {
          const padded = String(digits).padStart(shift + 1, '0');
          const at = padded.length - shift;
          const written = `${padded.slice(0, at)}.${padded.slice(at)}`;
          const plain = written.replace(/\.?0+$/, '');
          expect(formatPrice(marketPrice(Number(written)))).toBe(plain);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('goes back to the same float', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-7, max: 1e15, noNaN: true }), (value) => {
        expect(priceToFloat(marketPrice(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('cannot be %s', (value) => {
    expect(() => marketPrice(value)).toThrow(RangeError);
  });
});

describe('an exact amount', () => {
  it('becomes the nearest float', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (amount) => {
        const digits = String(amount < 0n ? -amount : amount).padStart(19, '0');
        const text = `${amount < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`;
        expect(toFloat(decimal(text))).toBe(Number(text) + 0);
      }),
      { numRuns: 2000 },
    );
  });
});
