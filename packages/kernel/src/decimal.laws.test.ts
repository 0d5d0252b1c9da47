import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atPrice,
  decimal,
  divide,
  formatDecimal,
  formatFixed,
  formatPrice,
  mulDiv,
  multiply,
  overPrice,
  parseDecimal,
  parsePrice,
  price,
  pricePer,
  roundTo,
  splitWhole,
  whole,
} from './decimal.ts';

const runs = { numRuns: 2000 };
const amount = fc.bigInt(-(10n ** 36n), 10n ** 36n);
const nonZero = amount.filter((each) => each !== 0n);

/** Half to even on an exact fraction, worked out by comparing distances to both neighbours. */
function slowRound(numerator: bigint, denominator: bigint): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  let floor = n / d;
  if (floor * d > n) floor -= 1n;
  const below = n - floor * d;
  const above = (floor + 1n) * d - n;
  if (below < above) return floor;
  if (above < below) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

describe('decimals', { timeout: 60_000 }, () => {
  it('read back as they are written', () => {
    fc.assert(
      fc.property(amount, (each) => {
        expect(decimal(formatDecimal(each))).toBe(each);
        expect(formatPrice(price(formatPrice(each as never)))).toBe(formatPrice(each as never));
      }),
      runs,
    );
  });

  it('read every spelling of the same number alike', () => {
    const digits = fc.nat({ max: 10 ** 9 });
    fc.assert(
      fc.property(
        digits,
        fc.integer({ min: -9, max: 9 }),
        fc.boolean(),
        (value, exponent, plus) => {
          const scientific = decimal(`${plus ? '+' : ''}${value}e${exponent}`);
          const scaled =
            exponent >= 0
              ? whole(value) * 10n ** BigInt(exponent)
              : whole(value) / 10n ** BigInt(-exponent);
          expect(scientific).toBe(scaled);
          expect(decimal(`000${value}.000`)).toBe(whole(value));
        },
      ),
      runs,
    );
  });

  it.each(['', '.', '-', '1,5', '1 000', 'NaN', 'Infinity', '0x1', '1e', '--1', '1.2.3', '١'])(
    'refuse "%s"',
    (text) => {
      expect(parseDecimal(text)).toMatchObject({ ok: false });
      expect(parsePrice(text)).toMatchObject({ ok: false });
    },
  );

  it('refuse more digits than they hold, and take as many', () => {
    expect(parseDecimal('0.0000000000000000001').ok).toBe(false);
    expect(parseDecimal('0.0000000000000000010').ok).toBe(true);
    expect(parsePrice('0.0000000000000000000000001').ok).toBe(false);
    expect(formatPrice(price('0.000000000000000000000001'))).toBe('0.000000000000000000000001');
    expect(parseDecimal('1e-30').ok).toBe(false);
    expect(parseDecimal('1e99').ok).toBe(false);
    expect(parseDecimal('9'.repeat(61)).ok).toBe(false);
  });

  it('multiply and divide like exact fractions, rounded once half to even', () => {
    fc.assert(
      fc.property(amount, amount, nonZero, (a, b, c) => {
        expect(mulDiv(a, b, c)).toBe(slowRound(a * b, c));
        expect(multiply(a, b)).toBe(slowRound(a * b, 10n ** 18n));
        expect(divide(a, c)).toBe(slowRound(a * 10n ** 18n, c));
        expect(atPrice(a, b as never)).toBe(slowRound(a * b, 10n ** 24n));
        expect(overPrice(a, c as never)).toBe(slowRound(a * 10n ** 24n, c));
        expect(pricePer(a, c)).toBe(slowRound(a * 10n ** 24n, c));
      }),
      runs,
    );
  });

  it('round ties to the even neighbour', () => {
    expect(
      ['0.5', '1.5', '2.5', '-0.5', '-1.5', '-2.5'].map((each) =>
        formatDecimal(roundTo(decimal(each), 0)),
      ),
    ).toEqual(['0', '2', '2', '0', '-2', '-2']);
    expect(formatFixed(decimal('2.675'), 2)).toBe('2.68');
    expect(formatFixed(decimal('-0.001'), 2)).toBe('0.00');
    expect(formatFixed(decimal('1234.5'), 0)).toBe('1234');
  });

  it('round to digits within half of the last one', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 18 }), (each, digits) => {
        const step = 10n ** BigInt(18 - digits);
        const rounded = roundTo(each, digits);
        expect(rounded % step).toBe(0n);
        expect(2n * (rounded > each ? rounded - each : each - rounded) <= step).toBe(true);
      }),
      runs,
    );
  });

  it('split into a whole part and a fraction of the same sign', () => {
    fc.assert(
      fc.property(amount, (each) => {
        const { wholePart, fraction } = splitWhole(each);
        expect(wholePart + fraction).toBe(each);
        expect(wholePart % whole(1)).toBe(0n);
        expect(fraction === 0n || fraction > 0n === each > 0n).toBe(true);
      }),
      runs,
    );
  });
});
