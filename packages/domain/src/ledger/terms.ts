import { atPrice, type DayNumber, type Decimal, mulDiv, pricePer } from '@plimsoll/kernel';
import type { RateBook } from '../rates/rate-book.ts';
import type { Currency } from './instrument.ts';
import type { Charges, Settlement } from './transaction.ts';

/** What a trade or income states about its money. */
export interface StatedMoney extends Partial<Charges> {
  /** Before charges, without accrued interest. */
  readonly amount: Decimal;
  readonly accrued?: Decimal | undefined;
  readonly currency: Currency;
  readonly settlement?: Settlement | undefined;
}

/** An amount in the stated currency and its worth in the base currency. */
export interface Both {
  readonly stated: Decimal;
  readonly base: Decimal;
}

/** A charge that no rate of the transaction itself converts. */
export interface ForeignCharge {
  readonly kind: 'fee' | 'tax';
  readonly currency: Currency;
  readonly amount: Decimal;
  /** Inside a settlement that gives no rate to tell it by: it goes where the settlement goes. */
  readonly settled: boolean;
}

/** The money of one transaction, told apart. net = gross + accrued ± fee ± tax, in both columns exactly. */
export interface Terms {
  readonly currency: Currency;
  readonly gross: Both;
  readonly accrued: Both;
  readonly fee: Both;
  readonly tax: Both;
  readonly net: Both;
  /** What moves on the cash side. */
  readonly cash: { readonly currency: Currency; readonly amount: Decimal };
  readonly foreign: readonly ForeignCharge[];
}

interface ChargeSum {
  stated: Decimal;
  settled: Decimal;
}

/**
 * Tells the money of a transaction apart and values it once in the base currency: by the stated
 * amount where that is the base currency, else by what was settled, else at the day's rate. One
 * valuation for the whole transaction, so that its parts add up to it exactly.
 */
export function termsOf(
  money: StatedMoney,
  direction: 'paying' | 'receiving',
  rates: RateBook,
  day: DayNumber,
  unknown: (currency: Currency) => void,
): Terms {
  const { currency, settlement } = money;
  const sign = direction === 'paying' ? 1n : -1n;
  const accruedStated = money.accrued ?? 0n;
  const foreign: ForeignCharge[] = [];
  const sort = (kind: 'fee' | 'tax', amount: Decimal, of: Currency): ChargeSum => {
    if (of === currency) return { stated: amount, settled: 0n };
    if (of === settlement?.currency) return { stated: 0n, settled: amount };
    if (amount !== 0n) foreign.push({ kind, currency: of, amount, settled: false });
    return { stated: 0n, settled: 0n };
  };
  const fee = sort('fee', money.fee ?? 0n, money.feeCurrency ?? currency);
  const tax = sort('tax', money.tax ?? 0n, money.taxCurrency ?? currency);

  const beforeSettled = money.amount + accruedStated + sign * (fee.stated + tax.stated);
  const settled = settlement && {
    currency: settlement.currency,
    amount: beforeSettled < 0n ? -settlement.amount : settlement.amount,
  };
  const settledPart = settled ? settled.amount - sign * (fee.settled + tax.settled) : 0n;
  const usable =
    settledPart !== 0n && beforeSettled !== 0n && settledPart > 0n === beforeSettled > 0n;
  if (settled && usable) {
    rates.noteBooked(currency, settled.currency, day, pricePer(settledPart, beforeSettled));
  }
  const fromSettled = (kind: 'fee' | 'tax', amount: Decimal): Decimal => {
    if (amount === 0n) return 0n;
    if (usable) return mulDiv(amount, beforeSettled, settledPart);
    if (settled) foreign.push({ kind, currency: settled.currency, amount, settled: true });
    return 0n;
  };
  const feeStated = fee.stated + fromSettled('fee', fee.settled);
  const taxStated = tax.stated + fromSettled('tax', tax.settled);
  const netStated = money.amount + accruedStated + sign * (feeStated + taxStated);
  const cash = settled
    ? { currency: settled.currency, amount: usable ? settled.amount : settledPart }
    : { currency, amount: netStated };

  const inBase = (amount: Decimal, of: Currency): Decimal => {
    const rate = rates.rate(of, day);
    if (rate !== null) return atPrice(amount, rate);
    if (amount !== 0n) unknown(of);
    return 0n;
  };
  const settles =
    settled !== undefined && (currency !== rates.target || settled.currency === currency);
  const netBase = settles ? inBase(cash.amount, cash.currency) : inBase(netStated, currency);
  const shareOf = (amount: Decimal): Decimal =>
    settles && netStated !== 0n ? mulDiv(netBase, amount, netStated) : inBase(amount, currency);
  const feeBase = shareOf(feeStated);
  const taxBase = shareOf(taxStated);
  const accruedBase = shareOf(accruedStated);
  return {
    currency,
    gross: { stated: money.amount, base: netBase - accruedBase - sign * (feeBase + taxBase) },
    accrued: { stated: accruedStated, base: accruedBase },
    fee: { stated: feeStated, base: feeBase },
    tax: { stated: taxStated, base: taxBase },
    net: { stated: netStated, base: netBase },
    cash,
    foreign,
  };
}
