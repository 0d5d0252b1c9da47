import {
  absolute,
  atPrice,
  type DayNumber,
  type Decimal,
  dayNumber,
  least,
  mulDiv,
  multiply,
  one,
} from '@plimsoll/kernel';
import type { Book, HoldingState } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Currency } from './instrument.ts';
import type { Tally } from './tally.ts';
import { type Terms, termsOf } from './terms.ts';
import type {
  Adjustment,
  Delisting,
  Delivery,
  LotChoice,
  OpeningBalance,
  OptionEvent,
  Redemption,
  Trade,
  Transaction,
} from './transaction.ts';

/** Worth of units on the lot side: local in the lot's currency, base beside it. */
interface LotWorth {
  readonly local: Decimal;
  readonly base: Decimal;
  /** Against the original cost, where that is another than `base`. */
  readonly baseByCost?: Decimal;
  readonly currency: Currency;
}

/** Fees and taxes of a trade: into cost or proceeds, or apart, as the account says. */
function tallyCharges(state: HoldingState, terms: Terms): void {
  if (!state.counted) return;
  const capitalised = state.account.fees === 'capitalised';
  if (capitalised) {
    state.tally.feesInCost += terms.fee.base;
    state.tally.taxesInCost += terms.tax.base;
  } else {
    state.tally.fees += terms.fee.base;
    state.tally.taxes += terms.tax.base;
  }
}

/** Charges in a third currency are paid by themselves and never part of cost. */
export function payForeignCharges(
  book: Book,
  transaction: Transaction,
  tally: Tally | null,
  terms: Terms,
  day: DayNumber,
  state: HoldingState | null,
  external = false,
): void {
  for (const charge of terms.foreign) {
    const base = book.inBase(charge.amount, charge.currency, day);
    if (tally && book.counts(transaction.accountId)) {
      if (charge.kind === 'fee') tally.fees += base;
      else tally.taxes += base;
    }
    book.lineFlow(state, transaction.accountId, charge.currency, day, base);
    if (external && charge.settled) book.externalFlow(transaction.accountId, day, base);
    else book.moveMoney(transaction, charge.currency, -charge.amount, -base, day);
  }
}

/** What was settled, signed as the net amount is, where the transaction states it. */
export const settledCash = (
  transaction: { readonly settlement?: unknown },
  terms: Terms,
): Terms['cash'] | undefined => (transaction.settlement ? terms.cash : undefined);

/** Puts an amount of the transaction's currency into the currency the instrument's lots are kept in. */
export function lotWorth(
  book: Book,
  state: HoldingState,
  stated: Decimal,
  base: Decimal,
  currency: Currency,
  settlement: { readonly currency: Currency; readonly amount: Decimal } | undefined,
  net: Decimal,
  day: DayNumber,
): LotWorth {
  const own = state.instrument.currency;
  if (own === currency) return { local: stated, base, currency };
  if (own === book.options.currency) return { local: base, base, currency: own };
  const agrees = settlement && net !== 0n && net > 0n === settlement.amount > 0n;
  if (agrees && settlement.currency === own) {
    return { local: mulDiv(stated, settlement.amount, net), base, currency: own };
  }
  const converted = book.convert(stated, currency, own, day);
  return converted === null
    ? { local: stated, base, currency }
    : { local: converted, base, currency: own };
}

/** What a purchase or reinvestment paid per quoted unit stands in where no market price is known. */
export function noteTradePrice(
  book: Book,
  { instrument }: HoldingState,
  day: DayNumber,
  quantity: Decimal,
  own: LotWorth,
): void {
  if (own.currency === instrument.currency) book.notePrice(instrument, day, quantity, own.local);
}

interface UnitsIn {
  readonly quantity: Decimal;
  readonly worth: LotWorth;
  readonly openedOn: DayNumber;
  /** Original cost of all of them where it is not `worth`. */
  readonly cost?: LotWorth;
}

const partOf = (worth: LotWorth, part: (amount: Decimal) => Decimal): LotWorth => ({
  local: part(worth.local),
  base: part(worth.base),
  ...(worth.baseByCost === undefined ? {} : { baseByCost: part(worth.baseByCost) }),
  currency: worth.currency,
});

/** Units come: they buy back a short first, and open a lot with the rest. */
function takeIn(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  day: DayNumber,
  units: UnitsIn,
): void {
  const short = state.lots.quantity < 0n ? least(units.quantity, -state.lots.quantity) : 0n;
  const part = (amount: Decimal): Decimal =>
    short === units.quantity ? amount : mulDiv(amount, short, units.quantity);
  const closing = partOf(units.worth, part);
  if (short > 0n) book.closeUnits(state, transaction, day, short, closing);
  const opened = units.quantity - short;
  if (opened === 0n) return;
  const basis = units.worth.local - closing.local;
  const baseBasis = units.worth.base - closing.base;
  const rest = (amount: Decimal): Decimal =>
    short === 0n ? amount : mulDiv(amount, opened, units.quantity);
  const cost = units.cost
    ? { ...units.cost, local: rest(units.cost.local), base: rest(units.cost.base) }
    : { ...units.worth, local: basis, base: baseBasis };
  book.openLot(state, day, {
    openedBy: transaction.id,
    openedOn: units.openedOn,
    quantity: opened,
    currency: cost.currency,
    cost: cost.local,
    baseCost: cost.base,
    basis,
    baseBasis,
  });
}

/** Units go: they close what is held, and open a short with the rest where that is allowed. */
function takeOut(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  day: DayNumber,
  quantity: Decimal,
  proceeds: LotWorth,
  choices: readonly LotChoice[] | undefined,
  byCost: LotWorth = proceeds,
): void {
  const held = state.lots.quantity > 0n ? state.lots.quantity : 0n;
  const closed = least(quantity, held);
  const part = (amount: Decimal): Decimal =>
    closed === quantity ? amount : mulDiv(amount, closed, quantity);
  const closing = partOf(proceeds, part);
  if (closed > 0n) book.closeUnits(state, transaction, day, closed, closing, choices);
  const opened = quantity - closed;
  if (opened === 0n) return;
  book.openLot(state, day, {
    openedBy: transaction.id,
    openedOn: day,
    quantity: -opened,
    currency: proceeds.currency,
    cost: part(byCost.local) - byCost.local,
    baseCost: part(byCost.base) - byCost.base,
    basis: closing.local - proceeds.local,
    baseBasis: closing.base - proceeds.base,
  });
}

/** What a trade's direction refuses before anything moves. */
function refusal(
  book: Book,
  state: HoldingState,
  transaction: Transaction,
  quantity: Decimal,
): LedgerFault | null {
  const held = state.lots.quantity;
  switch (transaction.type) {
    case 'buy':
      return null;
    case 'cover':
      return held <= -quantity ? null : book.notHeld(state, transaction, quantity);
    case 'short':
    case 'sell':
      return held >= quantity || state.account.allowShort
        ? null
        : book.notHeld(state, transaction, quantity);
    default:
      return held >= quantity ? null : book.notHeld(state, transaction, quantity);
  }
}

/** Money of a trade that goes to or comes from cash, or from outside for a delivery. */
function settle(
  book: Book,
  transaction: Transaction,
  terms: Terms,
  sign: 1n | -1n,
  external: boolean,
  day: DayNumber,
): void {
  if (external) {
    book.externalFlow(transaction.accountId, day, -sign * terms.net.base);
    return;
  }
  book.moveMoney(
    transaction,
    terms.cash.currency,
    sign * terms.cash.amount,
    sign * terms.net.base,
    day,
  );
}

/** Accrued bond interest: bought with a purchase, received with a sale. */
function tallyAccrued(state: HoldingState, base: Decimal): void {
  if (state.counted) state.tally.income += base;
}

type UnitsTransaction = Trade | Redemption | (Delivery & { readonly amount: Decimal });

interface PurchaseOptions {
  readonly external?: boolean;
  readonly cost?: Decimal | undefined;
  readonly openedOn?: string | undefined;
}

/** Buys, covers and deliveries in: cost is what was paid, charges included where capitalised. */
export function applyPurchase(
  book: Book,
  transaction: UnitsTransaction,
  options: PurchaseOptions = {},
): LedgerFault | null {
  const day = dayNumber(transaction.effectiveAt);
  const state = book.holding(transaction.accountId, transaction.instrumentId);
  const refused =
    transaction.type === 'cover' ? refusal(book, state, transaction, transaction.quantity) : null;
  if (refused) return refused;
  const terms = termsOf(transaction, 'paying', book.options.rates, day, (currency) =>
    book.noteUnknownRate(currency, day),
  );
  const capitalised = state.account.fees === 'capitalised';
  const charges = capitalised ? terms.fee.stated + terms.tax.stated : 0n;
  const chargesBase = capitalised ? terms.fee.base + terms.tax.base : 0n;
  const settlement = settledCash(transaction, terms);
  const inLots = (stated: Decimal, base: Decimal): LotWorth =>
    lotWorth(book, state, stated, base, terms.currency, settlement, terms.net.stated, day);
  const paid = inLots(terms.gross.stated + charges, terms.gross.base + chargesBase);
  const openedOn = options.openedOn === undefined ? day : dayNumber(options.openedOn);
  const costDay = book.options.rates.rate(terms.currency, openedOn) === null ? day : openedOn;
  const cost =
    options.cost === undefined
      ? undefined
      : inLots(options.cost, book.inBase(options.cost, terms.currency, costDay));
  noteTradePrice(
    book,
    state,
    day,
    transaction.quantity,
    inLots(terms.gross.stated, terms.gross.base),
  );
  book.instrumentFlow(state, day, terms.net.base);
  takeIn(book, state, transaction, day, {
    quantity: transaction.quantity,
    worth: paid,
    ...(cost ? { cost } : {}),
    openedOn,
  });
  tallyCharges(state, terms);
  tallyAccrued(state, -terms.accrued.base);
  settle(book, transaction, terms, -1n, options.external ?? false, day);
  payForeignCharges(book, transaction, state.tally, terms, day, state, options.external);
  return null;
}

/** Sells, shorts, redemptions and deliveries out: proceeds are what was got, charges taken off where capitalised. */
export function applySale(
  book: Book,
  transaction: UnitsTransaction,
  options: { readonly external?: boolean } = {},
): LedgerFault | null {
  const day = dayNumber(transaction.effectiveAt);
  const state = book.holding(transaction.accountId, transaction.instrumentId);
  const lots = 'lots' in transaction ? transaction.lots : undefined;
  const refused =
    refusal(book, state, transaction, transaction.quantity) ??
    book.unmetChoice(state, transaction, lots);
  if (refused) return refused;
  const terms = termsOf(transaction, 'receiving', book.options.rates, day, (currency) =>
    book.noteUnknownRate(currency, day),
  );
  const capitalised = state.account.fees === 'capitalised';
  const charges = capitalised ? terms.fee.stated + terms.tax.stated : 0n;
  const chargesBase = capitalised ? terms.fee.base + terms.tax.base : 0n;
  const settlement = settledCash(transaction, terms);
  const inLots = (stated: Decimal, base: Decimal): LotWorth =>
    lotWorth(book, state, stated, base, terms.currency, settlement, terms.net.stated, day);
  const got = inLots(terms.gross.stated - charges, terms.gross.base - chargesBase);
  noteTradePrice(
    book,
    state,
    day,
    transaction.quantity,
    inLots(terms.gross.stated, terms.gross.base),
  );
  book.instrumentFlow(state, day, -terms.net.base);
  takeOut(book, state, transaction, day, transaction.quantity, got, lots);
  tallyCharges(state, terms);
  tallyAccrued(state, terms.accrued.base);
  settle(book, transaction, terms, 1n, options.external ?? false, day);
  payForeignCharges(book, transaction, state.tally, terms, day, state, options.external);
  return null;
}

/** Worth of delivered units: as stated, else by the day's price, else their cost, else nothing. */
function deliveredWorth(book: Book, delivery: Delivery): Decimal {
  if (delivery.amount !== undefined) return delivery.amount;
  const day = dayNumber(delivery.effectiveAt);
  const instrument = book.instrument(delivery.instrumentId);
  const market = book.marketWorth(instrument, delivery.quantity, day);
  const converted =
    market && book.convert(market.local, instrument.currency, delivery.currency, day);
  return converted ?? delivery.cost ?? 0n;
}

export function applyDelivery(book: Book, delivery: Delivery): LedgerFault | null {
  const valued = { ...delivery, amount: deliveredWorth(book, delivery) };
  return delivery.type === 'delivery-in'
    ? applyPurchase(book, valued, {
        external: true,
        cost: delivery.cost,
        openedOn: delivery.openedOn,
      })
    : applySale(book, valued, { external: true });
}

export function applyOpeningBalance(book: Book, opening: OpeningBalance): LedgerFault | null {
  const day = dayNumber(opening.effectiveAt);
  if (opening.instrumentId === undefined) {
    adjustCash(book, opening, opening.quantity, opening.currency, day);
    return null;
  }
  const { instrumentId, cost, ...rest } = opening;
  return applyPurchase(
    book,
    { ...rest, type: 'delivery-in', instrumentId, amount: cost, fee: 0n, tax: 0n },
    { external: true, openedOn: opening.openedOn },
  );
}

/** Cash that comes from or goes to outside, where the account keeps cash. */
export function adjustCash(
  book: Book,
  transaction: Transaction,
  amount: Decimal,
  currency: Currency,
  day: DayNumber,
): void {
  if (!book.tracksCash(transaction.accountId)) return;
  const base = book.inBase(amount, currency, day);
  book.externalFlow(transaction.accountId, day, base);
  book.moveMoney(transaction, currency, amount, base, day);
}

export function applyAdjustment(book: Book, adjustment: Adjustment): LedgerFault | null {
  const { instrumentId, quantity } = adjustment;
  if (instrumentId === undefined) {
    adjustCash(book, adjustment, quantity, adjustment.currency, dayNumber(adjustment.effectiveAt));
    return null;
  }
  const delivery = {
    ...adjustment,
    instrumentId,
    quantity: absolute(quantity),
    fee: 0n,
    tax: 0n,
  };
  return quantity > 0n
    ? applyPurchase(book, { ...delivery, type: 'delivery-in' }, { external: true })
    : applySale(book, { ...delivery, type: 'delivery-out' }, { external: true });
}

export function applyDelisting(book: Book, delisting: Delisting): LedgerFault | null {
  const state = book.holding(delisting.accountId, delisting.instrumentId);
  const quantity = absolute(state.lots.quantity);
  if (quantity === 0n) {
    return delisting.amount === 0n ? null : book.notHeld(state, delisting, one);
  }
  const trade = { ...delisting, quantity, fee: 0n, tax: 0n };
  return state.lots.quantity > 0n
    ? applySale(book, { ...trade, type: 'sell' })
    : applyPurchase(book, { ...trade, type: 'cover' });
}

/** Fee and tax of an event without units to put them into are an expense of their own. */
function payEventCharges(
  book: Book,
  event: OptionEvent,
  state: HoldingState,
  day: DayNumber,
): void {
  for (const kind of ['fee', 'tax'] as const) {
    const amount = event[kind];
    const currency = (kind === 'fee' ? event.feeCurrency : event.taxCurrency) ?? event.currency;
    const base = book.inBase(amount, currency, day);
    if (state.counted && kind === 'fee') state.tally.fees += base;
    else if (state.counted) state.tally.taxes += base;
    book.instrumentFlow(state, day, base);
    book.moveMoney(event, currency, -amount, -base, day);
  }
}

/** Whether exercising or being assigned this option brings the underlying in. */
const bringsUnderlying = (right: 'call' | 'put', long: boolean): boolean =>
  (right === 'call') === long;

/**
 * Exercise and assignment close the option lots at their own cost and open or close the underlying
 * at the strike, with the premium in its cost or proceeds. Expiry closes them at nothing.
 */
export function applyOptionEvent(book: Book, event: OptionEvent): LedgerFault | null {
  const day = dayNumber(event.effectiveAt);
  const state = book.holding(event.accountId, event.instrumentId);
  const long =
    event.type === 'option-exercise' ||
    (event.type === 'option-expiry' && state.lots.quantity > 0n);
  if (absolute(state.lots.quantity) < event.quantity || state.lots.quantity > 0n !== long) {
    return book.notHeld(state, event, event.quantity);
  }
  if (event.type === 'option-expiry') {
    const nothing = { local: 0n, base: 0n, currency: state.instrument.currency };
    book.closeUnits(state, event, day, event.quantity, nothing);
    payEventCharges(book, event, state, day);
    return null;
  }
  const terms = state.instrument.option;
  if (!terms) {
    return {
      code: 'transaction.invalid',
      detail: `${state.instrument.name} has no option terms (underlying, right, strike), so it cannot be exercised.`,
      transactionId: event.id,
      member: 'instrumentId',
    };
  }
  return exchangeForUnderlying(book, event, state, bringsUnderlying(terms.right, long), day);
}

/** Takes the option lots at their own cost; a written option's is minus the premium received. */
function takePremium(book: Book, state: HoldingState, event: OptionEvent, day: DayNumber) {
  const sum = { cost: 0n, baseCost: 0n, basis: 0n, baseBasis: 0n };
  for (const part of state.lots.take(event.quantity)) {
    sum.cost += part.cost;
    sum.baseCost += part.baseCost;
    sum.basis += part.basis;
    sum.baseBasis += part.baseBasis;
    book.changeUnits(state, day, -part.quantity);
  }
  return sum;
}

function exchangeForUnderlying(
  book: Book,
  event: OptionEvent,
  state: HoldingState,
  incoming: boolean,
  day: DayNumber,
): LedgerFault | null {
  const option = state.instrument.option;
  if (!option) return null;
  const underlying = book.holding(event.accountId, option.underlyingId);
  const units = multiply(event.quantity, state.instrument.multiplier);
  if (!incoming && underlying.lots.quantity < units && !underlying.account.allowShort) {
    return book.notHeld(underlying, event, units);
  }
  const premium = takePremium(book, state, event, day);
  const strikeWorth = atPrice(units, option.strike);
  const trade = {
    ...event,
    type: incoming ? ('buy' as const) : ('sell' as const),
    instrumentId: option.underlyingId,
    quantity: units,
    amount: strikeWorth,
    currency: state.instrument.currency,
    feeCurrency: event.feeCurrency ?? event.currency,
    taxCurrency: event.taxCurrency ?? event.currency,
  };
  book.instrumentFlow(state, day, -premium.baseBasis);
  book.instrumentFlow(underlying, day, premium.baseBasis);
  const direction = incoming ? 'paying' : 'receiving';
  const terms = termsOf(trade, direction, book.options.rates, day, (currency) =>
    book.noteUnknownRate(currency, day),
  );
  const sign = incoming ? 1n : -1n;
  const capitalised = underlying.account.fees === 'capitalised';
  const charges = capitalised ? sign * (terms.fee.stated + terms.tax.stated) : 0n;
  const chargesBase = capitalised ? sign * (terms.fee.base + terms.tax.base) : 0n;
  const inLots = (local: Decimal, base: Decimal): LotWorth =>
    lotWorth(
      book,
      underlying,
      terms.gross.stated + charges + sign * local,
      terms.gross.base + chargesBase + sign * base,
      terms.currency,
      undefined,
      terms.net.stated,
      day,
    );
  const cost = inLots(premium.cost, premium.baseCost);
  const worth = { ...inLots(premium.basis, premium.baseBasis), baseByCost: cost.base };
  if (incoming) {
    takeIn(book, underlying, trade, day, { quantity: units, worth, cost, openedOn: day });
  } else {
    takeOut(book, underlying, trade, day, units, worth, undefined, cost);
  }
  tallyCharges(underlying, terms);
  book.instrumentFlow(underlying, day, sign * terms.net.base);
  settle(book, trade, terms, incoming ? -1n : 1n, false, day);
  payForeignCharges(book, trade, underlying.tally, terms, day, underlying);
  return null;
}
