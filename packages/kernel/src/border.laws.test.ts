import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketPrice, priceToFloat, toFloat } from './border.ts';
import { formatDecimal, formatPrice, price } from './decimal.ts';

const runs = { numRuns: 5000 };

describe('the border between exact and approximate', { timeout: 60_000 }, () => {
  it('gives the nearest float, as parsing the exact text does', () => {
    const any = fc.oneof(fc.bigInt(-(2n ** 54n), 2n ** 54n), fc.bigInt(-(10n ** 40n), 10n ** 40n));
    fc.assert(
      fc.property(any, (each) => {
        expect(toFloat(each)).toBe(Number(formatDecimal(each)));
        expect(priceToFloat(each as never)).toBe(Number(formatPrice(each as never)));
      }),
      runs,
    );
  });

  it('takes a market price as the shortest text that its source wrote', () => {
    const digits = fc.integer({ min: 1, max: 10 ** 15 - 1 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 24 }), (value, scale) => {
        const text = `${value}e-${scale}`;
        expect(marketPrice(Number(text))).toBe(price(text));
      }),
      runs,
    );
  });

  it('rounds a float with more digits than a price holds, and is nearest to it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e12, noNaN: true }), (value) => {
        const found = priceToFloat(marketPrice(value));
        expect(Math.abs(found - value)).toBeLessThanOrEqual(Math.max(1e-24, value * 2 ** -52));
      }),
      runs,
    );
  });

  it('refuses what is no number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => marketPrice(value)).toThrow(RangeError);
    }
  });
});
