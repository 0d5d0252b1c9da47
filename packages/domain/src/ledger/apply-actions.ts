import {
  absolute,
  type DayNumber,
  type Decimal,
  dayNumber,
  least,
  mulDiv,
  multiply,
  one,
  splitWhole,
} from '@plimsoll/kernel';
import type { Lot, LotPart } from '../lots/lot.ts';
import type { Book, HoldingState } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Currency } from './instrument.ts';
import { termsOf } from './terms.ts';
import type { Exchange, ReturnOfCapital, SpinOff, Split, Transaction } from './transaction.ts';

interface Money {
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** Cash in lieu closes what is left over a whole number of units. */
function payInLieu(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  day: DayNumber,
  money: Money,
): void {
  const { fraction } = splitWhole(absolute(state.lots.quantity));
  const base = book.inBase(money.amount, money.currency, day);
  if (fraction > 0n) {
    book.closeUnits(state, transaction, day, fraction, {
      local: money.amount,
      base,
      currency: money.currency,
    });
  } else if (state.counted) {
    state.tally.income += base;
  }
  book.instrumentFlow(state, day, -base);
  book.moveMoney(transaction, money.currency, money.amount, base, day);
}

export function applySplit(book: Book, split: Split): LedgerFault | null {
  const day = dayNumber(split.effectiveAt);
  const state = book.holding(split.accountId, split.instrumentId);
  const held = state.lots.quantity;
  const ratio = split.ratio ?? { new: held + (split.added ?? 0n), old: held };
  if (split.ratio === undefined && (held === 0n || ratio.new <= 0n !== held <= 0n)) {
    return book.notHeld(state, split, absolute(split.added ?? 0n));
  }
  state.lots.rescale(ratio.new, ratio.old);
  book.changeUnits(state, day, state.lots.quantity - held);
  book.options.prices.rescaleTrade(
    split.instrumentId,
    day,
    absolute(ratio.new),
    absolute(ratio.old),
  );
  if (split.cashInLieu && held !== 0n) payInLieu(book, state, split, day, split.cashInLieu);
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
    book.openLot(child, day, { ...moved, quantity });
  }
  return null;
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
  const { openedBy, openedOn, currency } = lot;
  return { openedBy, openedOn, currency, ...moved };
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
  if (held === 0n) return null;
  const boot = exchange.boot ?? { amount: 0n, currency: from.instrument.currency };
  const bootBase = book.inBase(boot.amount, boot.currency, day);
  const bootLocal =
    book.convert(boot.amount, boot.currency, from.instrument.currency, day) ?? boot.amount;
  let left = { units: held, boot: bootLocal, bootBase };
  for (const part of from.lots.take(absolute(held))) {
    const last = part.quantity === left.units;
    const share = (amount: Decimal): Decimal =>
      last ? amount : mulDiv(amount, part.quantity, left.units);
    const got = exchangeShare(
      book,
      exchange,
      into,
      part,
      share(left.boot),
      share(left.bootBase),
      day,
    );
    left = {
      units: left.units - part.quantity,
      boot: left.boot - got.bootLocal,
      bootBase: left.bootBase - got.bootBase,
    };
    book.changeUnits(from, day, -part.quantity);
    exchangeLot(book, from, into, part, got, day);
  }
  book.instrumentFlow(from, day, -bootBase);
  if (boot.amount !== 0n) book.moveMoney(exchange, boot.currency, boot.amount, bootBase, day);
  carryTradePrice(book, exchange, day);
  if (exchange.cashInLieu) payInLieu(book, into, exchange, day, exchange.cashInLieu);
  return null;
}

function exchangeShare(
  book: Book,
  exchange: Exchange,
  into: HoldingState,
  part: LotPart,
  bootLocal: Decimal,
  bootBase: Decimal,
  day: DayNumber,
): ExchangeShare {
  const quantity = mulDiv(part.quantity, exchange.ratio.new, exchange.ratio.old);
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
  book.openLot(into, day, moved);
}

/** Where the new instrument has no price yet, the old one's last known price stands in at the ratio. */
function carryTradePrice(book: Book, exchange: Exchange, day: DayNumber): void {
  const { prices } = book.options;
  if (prices.at(exchange.intoId, day)) return;
  const known = prices.at(exchange.instrumentId, day);
  if (!known || exchange.boot) return;
  prices.noteTrade(exchange.intoId, day, known.price);
  prices.rescaleTrade(exchange.intoId, day, exchange.ratio.new, exchange.ratio.old);
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
  const own = state.instrument.currency;
  let localLeft = book.convert(terms.net.stated, terms.currency, own, day) ?? terms.net.stated;
  let baseLeft = terms.net.base;
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
