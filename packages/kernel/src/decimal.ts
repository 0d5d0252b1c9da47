import { type Fault, ok, type Result, refuse } from './result.ts';

/**
 * An exact amount or quantity: a whole number of 10⁻¹⁸ (ten is `10n ** 19n`). Plain `+`, `-`, `<`
 * and `===` work on it; products and quotients go through the functions of this file, which round
 * once, half to even.
 */
export type Decimal = bigint;

declare const priceScale: unique symbol;

/** A booked price, rate or ratio: a whole number of 10⁻²⁴. Never mixed with a `Decimal` by hand. */
export type Price = bigint & { readonly [priceScale]: 24 };

export const decimalDigits = 18;
export const priceDigits = 24;
const decimalOne = 10n ** 18n;
const priceOne = 10n ** 24n;

export const zero: Decimal = 0n;
export const one: Decimal = decimalOne;
export const unitPrice: Price = priceOne as Price;

/** `amount × numerator ÷ denominator`, rounded half to even. Signs are free; a zero denominator crashes. */
export function mulDiv(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (numerator === denominator && denominator !== 0n) return amount;
  let product = amount * numerator;
  let divisor = denominator;
  if (divisor < 0n) {
    product = -product;
    divisor = -divisor;
  }
  const quotient = product / divisor;
  const rest = product - quotient * divisor;
  if (rest === 0n) return quotient;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  const awayFromZero = twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  if (!awayFromZero) return quotient;
  return rest < 0n ? quotient - 1n : quotient + 1n;
}

/** a × b of two decimals, rounded half to even to 18 digits. */
export const multiply = (a: Decimal, b: Decimal): Decimal => mulDiv(a, b, decimalOne);

/** a ÷ b of two decimals, rounded half to even to 18 digits. */
export const divide = (a: Decimal, b: Decimal): Decimal => mulDiv(a, decimalOne, b);

/** quantity × price, or amount × rate, rounded half to even to 18 digits. */
export const atPrice = (amount: Decimal, price: Price): Decimal => mulDiv(amount, price, priceOne);

/** amount ÷ price, rounded half to even to 18 digits. */
export const overPrice = (amount: Decimal, price: Price): Decimal =>
  mulDiv(amount, priceOne, price);

/** amount ÷ quantity as a price, rounded half to even to 24 digits. */
export const pricePer = (amount: Decimal, quantity: Decimal): Price =>
  mulDiv(amount, priceOne, quantity) as Price;

/** a × b of two prices (a cross rate). */
export const multiplyPrices = (a: Price, b: Price): Price => mulDiv(a, b, priceOne) as Price;

/** a ÷ b of two prices. */
export const dividePrices = (a: Price, b: Price): Price => mulDiv(a, priceOne, b) as Price;

/** The decimal of a whole number. */
export const whole = (count: number | bigint): Decimal => BigInt(count) * decimalOne;

export const absolute = (a: bigint): bigint => (a < 0n ? -a : a);

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Rounds half to even to `digits` fractional digits (2 for most currencies). */
export function roundTo(a: Decimal, digits: number): Decimal {
  const step = 10n ** BigInt(decimalDigits - digits);
  return mulDiv(a, 1n, step) * step;
}

/** The whole part, towards zero, and the fraction that is left. */
export function splitWhole(a: Decimal): {
  readonly wholePart: Decimal;
  readonly fraction: Decimal;
} {
  const fraction = a % decimalOne;
  return { wholePart: a - fraction, fraction };
}

const plainNumber = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

function parseScaled(text: string, scale: number): Result<bigint> {
  const match = plainNumber.exec(text);
  const digits = match ? `${match[2] ?? ''}${match[3] ?? ''}` : '';
  if (!match || digits === '') {
    return refuse({ code: 'decimal.not-a-number', detail: `"${text}" is not a number.` });
  }
  if (digits.length > 60) {
    return refuse({
      code: 'decimal.too-long',
      detail: `"${text.slice(0, 70)}" has too many digits.`,
    });
  }
  const shift = scale - (match[3]?.length ?? 0) + Number(match[4] ?? 0);
  if (shift > 60) return refuse({ code: 'decimal.too-large', detail: `"${text}" is too large.` });
  const magnitude = BigInt(digits);
  const sign = match[1] === '-' ? -1n : 1n;
  if (shift >= 0) return ok(sign * magnitude * 10n ** BigInt(shift));
  const divisor = 10n ** BigInt(Math.min(-shift, 400));
  if (magnitude % divisor !== 0n) {
    return refuse({
      code: 'decimal.too-precise',
      detail: `"${text}" has more than ${scale} fractional digits.`,
    });
  }
  return ok((sign * magnitude) / divisor);
}

/** Reads `-1234.5` or `1e-8`: a point, no grouping. Refuses what needs more than 18 fractional digits. */
export const parseDecimal = (text: string): Result<Decimal> => parseScaled(text, decimalDigits);

/** Reads a price with up to 24 fractional digits. */
export const parsePrice = (text: string): Result<Price> =>
  parseScaled(text, priceDigits) as Result<Price, Fault>;

function mustParse(result: Result<bigint>): bigint {
  if (!result.ok) throw new RangeError(result.fault.detail);
  return result.value;
}

/** A decimal written in code or read from our own store, where a bad text is a bug. */
export const decimal = (text: string): Decimal => mustParse(parseDecimal(text));

/** A price written in code or read from our own store, where a bad text is a bug. */
export const price = (text: string): Price => mustParse(parsePrice(text)) as Price;

function formatScaled(value: bigint, scale: number): string {
  if (value === 0n) return '0';
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale);
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The shortest exact text: `1234.5`, never an exponent. `parseDecimal` reads it back. */
export const formatDecimal = (value: Decimal): string => formatScaled(value, decimalDigits);

/** The shortest exact text of a price. */
export const formatPrice = (value: Price): string => formatScaled(value, priceDigits);

/** Rounded half to even and padded to `digits` fractional digits: `1234.50`. For display only. */
export function formatFixed(value: Decimal, digits: number): string {
  const rounded = roundTo(value, digits);
  const text = formatDecimal(rounded);
  if (digits === 0) return text;
  const [head = '0', tail = ''] = text.split('.');
  return `${head}.${tail.padEnd(digits, '0')}`;
}
