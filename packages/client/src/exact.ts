import { formatPrice, type Price, parsePrice } from '@plimsoll/kernel';

/**
 * Arithmetic that a caller of the API may need on exact texts, without ever making a float of
 * them: sums for group totals, comparison for sorting, the sign for colour.
 */
function scaled(text: string): bigint {
  const parsed = parsePrice(text);
  if (!parsed.ok) throw new TypeError(`"${text}" is not an exact number`);
  return parsed.value;
}

/** The exact sum; `0` of nothing. */
export function sumExact(texts: readonly string[]): string {
  return formatPrice(texts.reduce((sum, text) => sum + scaled(text), 0n) as Price);
}

/** Below, at or above zero: −1, 0, 1. */
export function signOf(text: string): -1 | 0 | 1 {
  return compareExact(text, '0');
}

/** −1, 0 or 1, as a sort wants it. */
export function compareExact(a: string, b: string): -1 | 0 | 1 {
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The same number with the other sign. */
export function negateExact(text: string): string {
  return formatPrice(-scaled(text) as Price);
}
