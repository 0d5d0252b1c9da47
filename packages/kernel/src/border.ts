import {
  type Decimal,
  decimal,
  decimalDigits,
  type Price,
  parsePrice,
  price,
  priceDigits,
} from './decimal.ts';

/**
 * The border between exact and approximate numbers, the only place where they meet.
 *
 * Exact → float happens here, once, for analytics and charts; a float never comes back as money.
 * The one thing that enters is a market price: feeds and files give it as text with at most 15–17
 * significant digits, and the shortest text of the float is that text again.
 */

/** The nearest float64 of an exact amount or quantity. For analytics and charts. */
export function toFloat(value: Decimal): number {
  return scaledToFloat(value, decimalDigits);
}

/** The nearest float64 of an exact price or rate. */
export function priceToFloat(value: Price): number {
  return scaledToFloat(value, priceDigits);
}

const safe = 2n ** 53n;
const billion = 10n ** 9n;

/** Exact where the numerator is below 2⁵³ and the divisor a power of ten below 10²³: one rounding. */
function scaledToFloat(value: bigint, scale: number): number {
  if (-safe < value && value < safe && scale === decimalDigits) return Number(value) / 1e18;
  if (value % billion === 0n) {
    const short = value / billion;
    if (-safe < short && short < safe)
      return Number(short) / (scale === decimalDigits ? 1e9 : 1e15);
  }
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString();
  const magnitude = Number(`${digits}e-${scale}`);
  return negative ? -magnitude : magnitude;
}

/** A market price as the decimal its source wrote. `value` must be finite. */
export function marketPrice(value: number): Price {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a price`);
  const shortest = parsePrice(String(value));
  return shortest.ok ? shortest.value : roundedPrice(value);
}

/** With as many digits as fit: the shortest text of a tiny price may have more than 24 after the point. */
function roundedPrice(value: number): Price {
  const exponent = Number(value.toExponential().split('e')[1]);
  const digits = priceDigits + 1 + exponent;
  return price(digits < 1 ? '0' : value.toPrecision(digits));
}

/** Reads a float written in our own code as an exact decimal, `0.25` → 0.25. Tests and demo data only. */
export const decimalOf = (value: number): Decimal => decimal(String(value));
