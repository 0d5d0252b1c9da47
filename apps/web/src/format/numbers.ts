/** The numbers that a person reads: exact texts stay exact, minus is U+2212, formats are cached. */

export type Exact = string;

const minus = '\u2212';
const cache = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  cache.set(key, made);
  return made;
}

/** `Intl` takes decimal text without rounding it through a float; its type wants to be told. */
const written = (format: Intl.NumberFormat, value: Exact | number) =>
  format.format(value as Intl.StringNumericLiteral).replace(/[-\u2010\u2011]/g, minus);

/** `plus`: a gain or change shows its sign also where it is positive. */
export type Sign = 'auto' | 'plus';
const signDisplay = (sign: Sign) => (sign === 'plus' ? 'exceptZero' : 'negative');

const isoCurrencies = new Set(Intl.supportedValuesOf('currency'));

/** How many decimals a currency is shown with; crypto codes have up to eight. */
function currencyOptions(currency: string, sign: Sign): Intl.NumberFormatOptions {
  if (isoCurrencies.has(currency)) {
    return {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      signDisplay: signDisplay(sign),
    };
  }
  return { maximumFractionDigits: 8, signDisplay: signDisplay(sign) };
}

export interface MoneyStyle {
  readonly locale: string;
  readonly currency: string;
  readonly sign?: Sign;
  /** `whole` leaves the cents out, where space or calm matters more. */
  readonly cents?: 'show' | 'whole';
}

/** `€1,234.56`, `−€12.00`, `0.01200000 BTC`. */
export function formatMoney(value: Exact, style: MoneyStyle): string {
  const options = currencyOptions(style.currency, style.sign ?? 'auto');
  const whole = style.cents === 'whole' ? { maximumFractionDigits: 0 } : {};
  const text = written(formatter(style.locale, { ...options, ...whole }), value);
  return isoCurrencies.has(style.currency) ? text : `${text}\u00a0${style.currency}`;
}

/** The amount in two parts, so that a headline can show the cents smaller. */
export function splitMoney(value: Exact, style: MoneyStyle): { main: string; cents: string } {
  const text = formatMoney(value, style);
  const parts = formatter(style.locale, currencyOptions(style.currency, style.sign ?? 'auto'));
  const decimal = parts.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  const at = text.lastIndexOf(decimal);
  return at < 0 ? { main: text, cents: '' } : { main: text.slice(0, at), cents: text.slice(at) };
}

/** A price keeps the digits it was quoted with, at least those of its currency. */
export function formatPrice(value: Exact, style: MoneyStyle): string {
  const decimals = value.split('.')[1]?.length ?? 0;
  if (!isoCurrencies.has(style.currency)) return formatMoney(value, style);
  const least = formatter(style.locale, currencyOptions(style.currency, 'auto'));
  const digits = least.resolvedOptions().minimumFractionDigits ?? 2;
  const options = {
    ...currencyOptions(style.currency, style.sign ?? 'auto'),
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, Math.min(decimals, 6)),
  };
  return written(formatter(style.locale, options), value);
}

/** Units held: up to eight decimals, none that are zero. */
export function formatQuantity(value: Exact, locale: string): string {
  return written(formatter(locale, { maximumFractionDigits: 8 }), value);
}

/** An exact number with every digit it has. */
export function formatWhole(value: Exact, locale: string): string {
  return written(formatter(locale, { maximumFractionDigits: 24 }), value);
}

/** Money with every digit it has, where the minor unit would hide some: `€1.50`, `1.234567 EUR`. */
export function formatExactMoney(value: Exact, locale: string, currency: string): string {
  const decimals = value.split('.')[1]?.replace(/0+$/, '').length ?? 0;
  return decimals > 2
    ? `${formatWhole(value, locale)}\u00a0${currency}`
    : formatMoney(value, { locale, currency });
}

/** `+9.4%` of 0.094. Beyond tenfold the decimals say nothing and go. */
export function formatPercent(
  rate: number,
  locale: string,
  sign: Sign = 'auto',
  digits = 1,
): string {
  const decimals = Math.abs(rate) >= 10 ? 0 : digits;
  const options = {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signDisplay(sign),
  } as const;
  return written(formatter(locale, options), rate);
}

export function formatCount(value: number, locale: string): string {
  return written(formatter(locale, {}), value);
}

/** Axis and line-end labels: `€483k`. From the float series, never from the ledger. */
export function formatCompact(value: number, locale: string, currency: string): string {
  const style = isoCurrencies.has(currency)
    ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const)
    : {};
  const digits = Math.abs(value) < 1000 ? 0 : 3;
  const options = {
    ...style,
    notation: 'compact',
    ...(digits > 0 ? { maximumSignificantDigits: digits } : { maximumFractionDigits: 0 }),
    signDisplay: 'negative',
  } as const;
  // Irish and British English write a capital K for thousands; the small one reads as a unit.
  return written(formatter(locale, options), value).replace(/K$/, 'k');
}
