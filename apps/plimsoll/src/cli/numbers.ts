import { formatFixed, mulDiv, parsePrice, priceDigits } from '@plimsoll/kernel';

/** An exact text rounded half to even to so many digits, padded with zeros; never a float. */
export function rounded(text: string, digits: number): string {
  const parsed = parsePrice(text);
  if (!parsed.ok) return text;
  // From 24 fractional digits to the 18 of `formatFixed` in one rounding, to the digits asked for.
  const units = mulDiv(parsed.value, 1n, 10n ** BigInt(priceDigits - digits));
  return formatFixed(units * 10n ** BigInt(18 - digits), digits);
}

const iso = new Set(Intl.supportedValuesOf('currency'));
const coinDigits = 8;

/** Digits of the currency's smallest coin: 2 for EUR, 0 for JPY, 3 for KWD, 8 for what is no ISO currency. */
function minorDigits(currency: string): number {
  if (!iso.has(currency)) return coinDigits;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount to the currency's smallest coin, or a dash where it is not known. */
export const money = (text: string | null, currency: string): string =>
  text === null ? '–' : rounded(text, minorDigits(currency));

/** At most eight digits, without trailing zeros. */
export function short(text: string | null): string {
  if (text === null) return '–';
  if (!/\.\d{9,}/.test(text)) return text;
  return rounded(text, 8).replace(/\.?0+$/, '');
}

/** 0.1234 as `12.34 %`, or a dash. */
export const percent = (rate: number | null): string =>
  rate === null ? '–' : `${(rate * 100).toFixed(2)} %`;
