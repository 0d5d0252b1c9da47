import type { Currency } from '@plimsoll/domain';
import {
  type Decimal,
  mulDiv,
  ok,
  type Price,
  parseDecimal,
  parsePrice,
  price,
  type Result,
} from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';

/** Currencies that Ghostfolio derives from others, a hundred to one. */
const derived: Readonly<Record<string, Currency>> = {
  GBp: 'GBP',
  GBX: 'GBP',
  ILA: 'ILS',
  USX: 'USD',
  ZAc: 'ZAR',
};

/** The currency that money is counted in. */
export const countedIn = (currency: string): Currency => derived[currency] ?? currency;

/** How many of the stated currency are one of the counted. */
export const unitsPer = (currency: string): bigint => (currency in derived ? 100n : 1n);

const hundredth = price('0.01');

/** What the export says of an instrument that it prices in this currency; nothing where it states none. */
export const quotedInDerived = (
  currency: string,
): Pick<InstrumentHint, 'currency' | 'priceFactor'> => ({
  ...(currency === '' ? {} : { currency: countedIn(currency) }),
  ...(unitsPer(currency) === 100n ? { priceFactor: hundredth } : {}),
});

const decimalsPerPrice = 10n ** 6n;

/**
 * Reads a number that was a float when it was written. Small ones have digits past the eighteenth,
 * which are only the float's own noise; they are rounded half to even.
 */
export function readFloatText(text: string): Result<Decimal> {
  const exact = parseDecimal(text);
  if (exact.ok || exact.fault.code !== 'decimal.too-precise') return exact;
  const finer = parsePrice(text);
  return finer.ok ? ok(mulDiv(finer.value, 1n, decimalsPerPrice)) : finer;
}

/** Reads a price, in the currency that it is counted in. */
export function readFloatPrice(text: string, currency: string): Result<Price> {
  const read = parsePrice(text);
  return read.ok ? ok(mulDiv(read.value, 1n, unitsPer(currency)) as Price) : read;
}
