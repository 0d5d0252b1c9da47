import { atPrice, type DayNumber, type Decimal, dayFromNumber } from '@plimsoll/kernel';
import type { Book, HoldingState } from '../ledger/book.ts';
import type { Cash } from '../ledger/cash.ts';
import { type Currency, type Instrument, instrumentLabel } from '../ledger/instrument.ts';
import type { Lot } from '../lots/lot.ts';
import type { Rate } from '../rates/rate-book.ts';
import type { KnownPrice } from './price-book.ts';

/** One instrument of one account on a day. Amounts without `base` are in `currency`. */
export interface HoldingValue {
  readonly accountId: string;
  readonly instrument: Instrument;
  readonly currency: Currency;
  readonly quantity: Decimal;
  /** Null where lots are kept in another currency than the instrument's, as no rate was known. */
  readonly cost: Decimal | null;
  /** Null where no rate was known when a lot was opened. */
  readonly baseCost: Decimal | null;
  readonly basis: Decimal | null;
  readonly baseBasis: Decimal;
  readonly known: KnownPrice | null;
  readonly rate: Rate | null;
  readonly value: Decimal | null;
  readonly baseValue: Decimal | null;
  /** value − cost, and its price and FX parts in the base currency. */
  readonly gain: Decimal | null;
  readonly baseGain: Decimal | null;
  readonly pricePart: Decimal | null;
  readonly fxPart: Decimal | null;
  /** baseValue − baseBasis: the part of the period's gain that is not realised. */
  readonly unrealised: Decimal | null;
  readonly unrealisedFx: Decimal | null;
  readonly lots: readonly Readonly<Lot>[];
}

/** Cash of one currency in one account on a day. Its gain is FX gain through and through. */
export interface CashValue {
  readonly accountId: string;
  readonly currency: Currency;
  readonly balance: Decimal;
  readonly rate: Rate | null;
  /** Null where no rate was known when some of it came. */
  readonly baseCost: Decimal | null;
  readonly baseValue: Decimal | null;
  readonly baseGain: Decimal | null;
  readonly unrealised: Decimal | null;
}

/** Everything the accounts looked at hold on a day, exact. */
export interface BookValue {
  readonly day: DayNumber;
  readonly holdings: readonly HoldingValue[];
  readonly cash: readonly CashValue[];
  /** Sum of what could be valued. */
  readonly total: Decimal;
  /** What could not, in words. */
  readonly leftOut: readonly string[];
  /** Whether something with a cost is left out, so that gain and returns are unknown. */
  readonly incomplete: boolean;
}

/** Values the book as it stands at the end of `day`. */
export function valueBook(book: Book, day: DayNumber): BookValue {
  const holdings: HoldingValue[] = [];
  const cash: CashValue[] = [];
  const leftOut: string[] = [];
  let total = 0n;
  let incomplete = false;
  for (const state of book.holdings()) {
    if (!state.counted || state.lots.quantity === 0n) continue;
    const value = valueHolding(book, state, day);
    holdings.push(value);
    if (value.baseValue === null) {
      leftOut.push(whyUnknown(book, value, day));
      incomplete ||= value.baseBasis !== 0n || value.known !== null;
    } else total += value.baseValue;
  }
  for (const { accountId, cash: held, counted } of book.cashes()) {
    if (!counted || held.balance === 0n) continue;
    const value = valueCash(book, accountId, held, day);
    cash.push(value);
    if (value.baseValue === null) {
      leftOut.push(`${held.currency} cash: no rate to ${book.options.currency} is known`);
      incomplete = true;
    } else total += value.baseValue;
  }
  return { day, holdings, cash, total, leftOut, incomplete };
}

function whyUnknown(book: Book, value: HoldingValue, day: DayNumber): string {
  const label = instrumentLabel(value.instrument);
  const on = dayFromNumber(day);
  return value.known === null
    ? `${label}: no price is known on or before ${on}`
    : `${label}: no rate from ${value.currency} to ${book.options.currency} is known on or before ${on}`;
}

type BaseCost = Pick<Lot, 'currency' | 'cost' | 'baseCost'>;

/** What the lot cost in the base currency; null where no rate was known for it, as it is not nothing. */
export const knownBaseCost = (book: Book, lot: BaseCost): Decimal | null =>
  lot.baseCost === 0n && lot.cost !== 0n && book.unknownRates.has(lot.currency)
    ? null
    : lot.baseCost;

const plus = (a: Decimal | null, b: Decimal | null): Decimal | null =>
  a === null || b === null ? null : a + b;

interface Sums {
  cost: Decimal | null;
  basis: Decimal | null;
  baseCost: Decimal | null;
  baseBasis: Decimal;
  /** Cost and basis at the day's rates; null where a rate is missing. */
  costNow: Decimal | null;
  basisNow: Decimal | null;
}

function sumLots(book: Book, state: HoldingState, day: DayNumber): Sums {
  const byCurrency = new Map<Currency, { cost: Decimal; basis: Decimal }>();
  let baseCost: Decimal | null = 0n;
  let baseBasis = 0n;
  for (const lot of state.lots) {
    baseCost = plus(baseCost, knownBaseCost(book, lot));
    baseBasis += lot.baseBasis;
    const sum = byCurrency.get(lot.currency) ?? { cost: 0n, basis: 0n };
    sum.cost += lot.cost;
    sum.basis += lot.basis;
    byCurrency.set(lot.currency, sum);
  }
  const own = byCurrency.get(state.instrument.currency);
  const pure = byCurrency.size === 1 && own !== undefined;
  const sums: Sums = {
    cost: pure ? own.cost : null,
    basis: pure ? own.basis : null,
    baseCost,
    baseBasis,
    costNow: 0n,
    basisNow: 0n,
  };
  for (const [currency, { cost, basis }] of byCurrency) {
    const rate = book.options.rates.rate(currency, day);
    sums.costNow =
      rate === null || sums.costNow === null ? null : sums.costNow + atPrice(cost, rate);
    sums.basisNow =
      rate === null || sums.basisNow === null ? null : sums.basisNow + atPrice(basis, rate);
  }
  return sums;
}

const minus = (a: Decimal | null, b: Decimal | null): Decimal | null =>
  a === null || b === null ? null : a - b;

function valueHolding(book: Book, state: HoldingState, day: DayNumber): HoldingValue {
  const { instrument } = state;
  const { quantity } = state.lots;
  const market = book.marketWorth(instrument, quantity, day);
  const rate = book.options.rates.lookUp(instrument.currency, day);
  const value = market?.local ?? null;
  const baseValue = value === null || rate === null ? null : atPrice(value, rate.rate);
  const sums = sumLots(book, state, day);
  const baseGain = minus(baseValue, sums.baseCost);
  const unrealised = minus(baseValue, sums.baseBasis);
  const fxPart = minus(sums.costNow, sums.baseCost);
  return {
    accountId: state.account.id,
    instrument,
    currency: instrument.currency,
    quantity,
    cost: sums.cost,
    baseCost: sums.baseCost,
    basis: sums.basis,
    baseBasis: sums.baseBasis,
    known: market?.known ?? null,
    rate,
    value,
    baseValue,
    gain: minus(value, sums.cost),
    baseGain,
    pricePart: minus(baseGain, fxPart),
    fxPart: baseGain === null ? null : fxPart,
    unrealised,
    unrealisedFx: unrealised === null ? null : minus(sums.basisNow, sums.baseBasis),
    lots: [...state.lots].map((lot) => ({ ...lot })),
  };
}

function valueCash(book: Book, accountId: string, cash: Cash, day: DayNumber): CashValue {
  const rate = book.options.rates.lookUp(cash.currency, day);
  const baseValue = rate === null ? null : atPrice(cash.balance, rate.rate);
  let baseBasis = cash.lots ? 0n : cash.balance;
  let baseCost: Decimal | null = baseBasis;
  for (const lot of cash.lots ?? []) {
    baseCost = plus(baseCost, knownBaseCost(book, lot));
    baseBasis += lot.baseBasis;
  }
  return {
    accountId,
    currency: cash.currency,
    balance: cash.balance,
    rate,
    baseCost,
    baseValue,
    baseGain: minus(baseValue, baseCost),
    unrealised: minus(baseValue, baseBasis),
  };
}
