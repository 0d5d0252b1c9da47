import {
  absolute,
  type DayNumber,
  type Decimal,
  dayNumber,
  dividePrices,
  least,
  mulDiv,
  multiply,
  one,
  pricePer,
  splitWhole,
} from '@plimsoll/kernel';
import type { Lot, LotPart } from '../lots/lot.ts';
import { lotWorth, settledCash } from './apply-trades.ts';
import type { Book, HoldingState } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Currency } from './instrument.ts';
import { termsOf } from './terms.ts';
import type { Exchange, ReturnOfCapital, SpinOff, Split, Transaction } from './transaction.ts';

interface Money {
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** Cash in lieu closes what is over a whole number of `units`; a short pays it, as a negative amount. */
function payInLieu(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  day: DayNumber,
  units: Decimal,
  money: Money,
): void {
  const held = absolute(state.lots.quantity);
  const fraction = least(splitWhole(absolute(units)).fraction, held);
  const base = book.inBase(money.amount, money.currency, day);
  const sign = state.lots.quantity < 0n ? -1n : 1n;
  if (fraction > 0n) {
    book.closeUnits(state, transaction, day, fraction, {
      local: sign * money.amount,
      base: sign * base,
      currency: money.currency,
    });
  } else if (state.counted) {
    state.tally.income += base;
  }
  book.instrumentFlow(state, day, -base);
  book.moveMoney(transaction, money.currency, money.amount, base, day);
}

/** A lot of which nothing is left is lost with all it cost. */
function realiseNothing(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  day: DayNumber,
  part: LotPart,
): void {
  book.realise(state, transaction, day, part, { local: 0n, base: 0n, currency: part.currency });
}

export function applySplit(book: Book, split: Split): LedgerFault | null {
  const day = dayNumber(split.effectiveAt);
  const state = book.holding(split.accountId, split.instrumentId);
  const held = state.lots.quantity;
  if (held === 0n && split.cashInLieu) return book.notHeld(state, split, one);
  const ratio = split.ratio ?? { new: held + (split.added ?? 0n), old: held };
  const turns = ratio.new === 0n || ratio.new < 0n !== held < 0n;
  if (split.ratio === undefined && (held === 0n || turns)) {
    return book.notHeld(state, split, absolute(split.added ?? 0n));
  }
  const vanished = state.lots.rescale(ratio.new, ratio.old);
  for (const part of vanished) realiseNothing(book, state, split, day, part);
  book.changeUnits(state, day, state.lots.quantity - held);
  if (held !== 0n && book.isNewSplit(state, day)) {
    const { prices } = book.options;
    const [numerator, denominator] = [absolute(ratio.new), absolute(ratio.old)];
    prices.noteSplit({ day, numerator, denominator }, split.instrumentId);
  }
  if (split.cashInLieu) {
    payInLieu(book, state, split, day, state.lots.quantity, split.cashInLieu);
  }
  return null;
}

/** Moves `costShare` of every lot's cost to new lots of the child; what rounding leaves stays with the parent. */
export function applySpinOff(book: Book, spinOff: SpinOff): LedgerFault | null {
  const day = dayNumber(spinOff.effectiveAt);
  const parent = book.holding(spinOff.accountId, spinOff.instrumentId);
  const child = book.holding(spinOff.accountId, spinOff.childId);
  const held = parent.lots.quantity;
  if (held <= 0n) return book.notHeld(parent, spinOff, one);
  let childLeft = spinOff.quantity;
  let parentLeft = held;
  for (const lot of [...parent.lots]) {
    const quantity =
      lot.quantity === parentLeft ? childLeft : mulDiv(childLeft, lot.quantity, parentLeft);
    childLeft -= quantity;
    parentLeft -= lot.quantity;
    const moved = takeCostShare(lot, spinOff.costShare);
    if (quantity === 0n) {
      giveCostBack(lot, moved);
      continue;
    }
    book.instrumentFlow(parent, day, -moved.baseBasis);
    book.instrumentFlow(child, day, moved.baseBasis);
    const arrives = inCurrencyOf(book, child, { ...moved, quantity }, day);
    book.receiveLot(child, spinOff, day, arrives);
  }
  parent.lots.reorder();
  return null;
}

/**
 * A lot that comes to an instrument of another currency keeps its cost at the day's rate from there
 * on: it no longer moves with the old currency. Its cost in the base currency stays.
 */
function inCurrencyOf(book: Book, state: HoldingState, part: LotPart, day: DayNumber): LotPart {
  const { currency } = state.instrument;
  if (part.currency === currency) return part;
  if (currency === book.options.currency) {
    return { ...part, currency, cost: part.baseCost, basis: part.baseBasis };
  }
  const cost = book.convert(part.cost, part.currency, currency, day);
  const basis = book.convert(part.basis, part.currency, currency, day);
  return cost === null || basis === null ? part : { ...part, currency, cost, basis };
}

type Costs = Pick<Lot, 'cost' | 'baseCost' | 'basis' | 'baseBasis'>;

function takeCostShare(lot: Lot, share: Decimal): Omit<LotPart, 'quantity'> {
  const moved: Costs = {
    cost: multiply(lot.cost, share),
    baseCost: multiply(lot.baseCost, share),
    basis: multiply(lot.basis, share),
    baseBasis: multiply(lot.baseBasis, share),
  };
  giveCostBack(lot, {
    cost: -moved.cost,
    baseCost: -moved.baseCost,
    basis: -moved.basis,
    baseBasis: -moved.baseBasis,
  });
  const { openedBy, openedOn, order, currency } = lot;
  return { openedBy, openedOn, order, currency, ...moved };
}

function giveCostBack(lot: Lot, costs: Costs): void {
  lot.cost += costs.cost;
  lot.baseCost += costs.baseCost;
  lot.basis += costs.basis;
  lot.baseBasis += costs.baseBasis;
}

/** Worth of the boot and of the new units that one lot gets. */
interface ExchangeShare {
  readonly quantity: Decimal;
  readonly bootLocal: Decimal;
  readonly bootBase: Decimal;
  /** Market worth of the new units; null where no price is known. */
  readonly worthLocal: Decimal | null;
  readonly worthBase: Decimal | null;
}

/**
 * Exchanges every lot at the ratio; open date and cost stay. A cash boot realises gain up to the
 * boot: realised = min(boot, max(0, boot + worth of the new units − cost)); where no price of the
 * new units is known, the whole boot is gain.
 */
export function applyExchange(book: Book, exchange: Exchange): LedgerFault | null {
  const day = dayNumber(exchange.effectiveAt);
  const from = book.holding(exchange.accountId, exchange.instrumentId);
  const into = book.holding(exchange.accountId, exchange.intoId);
  const held = from.lots.quantity;
  if (held === 0n) {
    return exchange.boot || exchange.cashInLieu ? book.notHeld(from, exchange, one) : null;
  }
  const boot = exchange.boot ?? { amount: 0n, currency: from.instrument.currency };
  const bootBase = book.inBase(boot.amount, boot.currency, day);
  const bootLocal =
    book.convert(boot.amount, boot.currency, from.instrument.currency, day) ?? boot.amount;
  const gained = mulDiv(held, exchange.ratio.new, exchange.ratio.old);
  let left = { units: held, gained, boot: bootLocal, bootBase };
  for (const part of from.lots.take(absolute(held))) {
    const last = part.quantity === left.units;
    const share = (amount: Decimal): Decimal =>
      last ? amount : mulDiv(amount, part.quantity, left.units);
    const got = exchangeShare(
      book,
      into,
      part,
      share(left.gained),
      share(left.boot),
      share(left.bootBase),
      day,
    );
    left = {
      units: left.units - part.quantity,
      gained: left.gained - got.quantity,
      boot: left.boot - got.bootLocal,
      bootBase: left.bootBase - got.bootBase,
    };
    book.changeUnits(from, day, -part.quantity);
    exchangeLot(book, exchange, from, into, part, got, day);
  }
  book.instrumentFlow(from, day, -bootBase);
  if (boot.amount !== 0n) book.moveMoney(exchange, boot.currency, boot.amount, bootBase, day);
  carryTradePrice(book, exchange, day);
  if (exchange.cashInLieu) payInLieu(book, into, exchange, day, gained, exchange.cashInLieu);
  return null;
}

function exchangeShare(
  book: Book,
  into: HoldingState,
  part: LotPart,
  quantity: Decimal,
  bootLocal: Decimal,
  bootBase: Decimal,
  day: DayNumber,
): ExchangeShare {
  const market = bootBase === 0n ? null : book.marketWorth(into.instrument, quantity, day);
  const own = into.instrument.currency;
  return {
    quantity,
    bootLocal,
    bootBase,
    worthLocal: market && book.convert(market.local, own, part.currency, day),
    worthBase: market && book.inBase(market.local, own, day),
  };
}

/** What of a boot is gain: never more than the boot, never more than the whole gain, never a loss. */
function bootGain(boot: Decimal, worth: Decimal | null, cost: Decimal): Decimal {
  if (worth === null) return boot;
  const gain = boot + worth - cost;
  return gain <= 0n ? 0n : least(gain, boot);
}

function exchangeLot(
  book: Book,
  exchange: Exchange,
  from: HoldingState,
  into: HoldingState,
  part: LotPart,
  got: ExchangeShare,
  day: DayNumber,
): void {
  const gain = bootGain(got.bootBase, got.worthBase, part.baseBasis);
  const moved: LotPart = {
    ...part,
    quantity: got.quantity,
    cost: part.cost - got.bootLocal + bootGain(got.bootLocal, got.worthLocal, part.cost),
    baseCost: part.baseCost - got.bootBase + bootGain(got.bootBase, got.worthBase, part.baseCost),
    basis: part.basis - got.bootLocal + bootGain(got.bootLocal, got.worthLocal, part.basis),
    baseBasis: part.baseBasis - got.bootBase + gain,
  };
  if (from.counted) {
    from.tally.realised += gain;
    from.tally.realisedByCost += bootGain(got.bootBase, got.worthBase, part.baseCost);
  }
  book.instrumentFlow(from, day, -moved.baseBasis);
  book.instrumentFlow(into, day, moved.baseBasis);
  if (moved.quantity === 0n) realiseNothing(book, into, exchange, day, moved);
  else book.receiveLot(into, exchange, day, inCurrencyOf(book, into, moved, day));
}

/** Where the new instrument has no price yet, the old one's last known price stands in at the ratio. */
function carryTradePrice(book: Book, exchange: Exchange, day: DayNumber): void {
  const { prices } = book.options;
  if (prices.at(exchange.intoId, day)) return;
  const from = book.instrument(exchange.instrumentId);
  const into = book.instrument(exchange.intoId);
  const given = book.marketWorth(from, exchange.ratio.old, day);
  const worth = given && book.convert(given.local, from.currency, into.currency, day);
  const units = multiply(exchange.ratio.new, into.multiplier);
  if (!worth || units === 0n || exchange.boot) return;
  prices.noteTrade(exchange.intoId, day, dividePrices(pricePer(worth, units), into.priceFactor));
}

/** Reduces cost by what was paid back, lot by lot in proportion to units; what exceeds a lot's cost is gain. */
export function applyReturnOfCapital(book: Book, payment: ReturnOfCapital): LedgerFault | null {
  const day = dayNumber(payment.effectiveAt);
  const state = book.holding(payment.accountId, payment.instrumentId);
  const held = state.lots.quantity;
  if (held <= 0n) return book.notHeld(state, payment, one);
  const terms = termsOf(payment, 'receiving', book.options.rates, day, (currency) =>
    book.noteUnknownRate(currency, day),
  );
  const { stated, base: netBase } = terms.net;
  const settlement = settledCash(payment, terms);
  const paid = lotWorth(book, state, stated, netBase, terms.currency, settlement, stated, day);
  let localLeft = paid.local;
  let baseLeft = netBase;
  let unitsLeft = held;
  for (const lot of state.lots) {
    const last = lot.quantity === unitsLeft;
    const local = last ? localLeft : mulDiv(localLeft, lot.quantity, unitsLeft);
    const base = last ? baseLeft : mulDiv(baseLeft, lot.quantity, unitsLeft);
    localLeft -= local;
    baseLeft -= base;
    unitsLeft -= lot.quantity;
    payBack(state, lot, local, base);
  }
  state.lots.reorder();
  book.instrumentFlow(state, day, -terms.net.base);
  book.moveMoney(payment, terms.cash.currency, terms.cash.amount, terms.net.base, day);
  return null;
}

/** The part of a cost that `local` pays back: at most all of it. */
const recovered = (cost: Decimal, baseCost: Decimal, local: Decimal) => {
  const part = least(local, cost);
  return { local: part, base: part === cost ? baseCost : mulDiv(baseCost, part, cost) };
};

function payBack(state: HoldingState, lot: Lot, local: Decimal, base: Decimal): void {
  const cost = recovered(lot.cost, lot.baseCost, local);
  const basis = recovered(lot.basis, lot.baseBasis, local);
  lot.cost -= cost.local;
  lot.baseCost -= cost.base;
  lot.basis -= basis.local;
  lot.baseBasis -= basis.base;
  if (!state.counted) return;
  state.tally.realised += base - basis.base;
  state.tally.realisedByCost += base - cost.base;
  if (local !== 0n) state.tally.realisedFx += mulDiv(basis.local, base, local) - basis.base;
}
