import {
  absolute,
  atPrice,
  type Decimal,
  decimalDigits,
  multiply,
  type Price,
  roundTo,
} from '@plimsoll/kernel';

/** What a row says of the money of a trade. */
export interface StatedTrade {
  /** 1 where cash goes out (buy, cover), −1 where it comes in (sell, short). */
  readonly side: 1n | -1n;
  readonly quantity: Decimal;
  readonly price: Price | undefined;
  readonly amount: Decimal | undefined;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly accrued: Decimal;
  readonly multiplier: Decimal;
  /** What `amount` is; undefined where the numbers are to tell. */
  readonly amountIs: 'gross' | 'net' | undefined;
}

/**
 * The gross amount of a trade: what the units are worth before fees, taxes and accrued interest.
 *
 * gross = quantity × price × multiplier; net = gross ± (fee + tax) + accrued, with + where cash
 * goes out. A stated amount wins over the product: it is the net one if it equals that to the
 * digits it is written in (at least two) and does not equal the gross one, else the gross one.
 * `disagree` if it is neither within 1 % of itself; `missing` if the row has neither figure.
 */
export function grossAmount(stated: StatedTrade): Decimal | 'disagree' | 'missing' {
  const { amount, price, amountIs } = stated;
  const product =
    price === undefined ? undefined : multiply(atPrice(stated.quantity, price), stated.multiplier);
  if (amount === undefined) return product ?? 'missing';
  const charges = stated.side * (stated.fee + stated.tax) + stated.accrued;
  if (amountIs === 'net') return amount - charges;
  if (amountIs === 'gross' || product === undefined) return amount;
  if (isSame(amount, product)) return amount;
  if (charges !== 0n && isSame(amount, product + charges)) return amount - charges;
  return absolute(amount - product) * 100n <= absolute(amount) ? amount : 'disagree';
}

const isSame = (written: Decimal, exact: Decimal): boolean =>
  written === roundTo(exact, Math.max(2, fractionDigits(written)));

function fractionDigits(value: Decimal): number {
  let digits = decimalDigits;
  let rest = value;
  while (digits > 0 && rest % 10n === 0n) {
    rest /= 10n;
    digits--;
  }
  return digits;
}
