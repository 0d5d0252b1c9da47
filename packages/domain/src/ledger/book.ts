import {
  absolute,
  atPrice,
  type DayNumber,
  type Decimal,
  dividePrices,
  formatDecimal,
  least,
  mulDiv,
  multiply,
  type Price,
  present,
  pricePer,
} from '@plimsoll/kernel';
import type { Lot, LotPart } from '../lots/lot.ts';
import { OpenLots } from '../lots/open-lots.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type KnownPrice, type PriceBook, worth } from '../valuation/price-book.ts';
import type { Account } from './account.ts';
import { Cash } from './cash.ts';
import type { LedgerFault } from './faults.ts';
import { type Currency, type Instrument, instrumentLabel } from './instrument.ts';
import { Lines } from './lines.ts';
import { emptyTally, type Tally } from './tally.ts';
import type { LotChoice, Transaction } from './transaction.ts';

/** One instrument in one account. */
export interface HoldingState {
  readonly account: Account;
  readonly instrument: Instrument;
  readonly lots: OpenLots;
  readonly tally: Tally;
  /** Whether its account is among those looked at. */
  readonly counted: boolean;
}

/** A closed part of a lot: what a realised gain is made of. */
export interface Match {
  readonly closedBy: string;
  readonly closedOn: DayNumber;
  readonly accountId: string;
  readonly instrumentId: string;
  readonly openedBy: string;
  readonly openedOn: DayNumber;
  /** Negative for a short. */
  readonly quantity: Decimal;
  readonly currency: Currency;
  readonly cost: Decimal;
  readonly baseCost: Decimal;
  readonly baseProceeds: Decimal;
  /** Against the basis of the period looked at. */
  readonly gain: Decimal;
  readonly fx: Decimal;
}

/** An amount that is measured against cost and against basis; the two differ only for exercised options. */
export interface ClosingWorth {
  /** In `currency`, ≥ 0 for what we get, also when a short is bought back at that price. */
  readonly local: Decimal;
  readonly base: Decimal;
  /** Against the original cost, where that is another than `base`. */
  readonly baseByCost?: Decimal;
  readonly currency: Currency;
}

export interface BookOptions {
  readonly currency: Currency;
  readonly accounts: readonly Account[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Accounts looked at; the others are kept too, as transfers may come from them. */
  readonly scope: ReadonlySet<string>;
  /** Accounts whose cash is part of the record. */
  readonly cashTracked: ReadonlySet<string>;
  readonly rates: RateBook;
  readonly prices: PriceBook;
  /** Keep every match, for reports and tests. */
  readonly keepMatches?: boolean;
}

/** What a new lot has by itself: the next order, and its cost as the basis. */
type Settled = 'order' | 'basis' | 'baseBasis';

/** Brokers record one split up to so many days apart. */
const splitSpreadDays = 10;

/** What came in and went out on one day, in the base currency. */
export interface DayFlow {
  inflow: Decimal;
  outflow: Decimal;
}

/**
 * The state of a ledger on a day: open lots, cash, and what was realised, earned and paid since
 * measuring began. Transactions are applied in the order of `orderLedger`; the rest of the domain
 * reads the result.
 */
export class Book {
  readonly options: BookOptions;
  readonly lines = new Lines();
  readonly flows = new Map<DayNumber, DayFlow>();
  readonly matches: Match[] = [];
  /** Currencies for which no rate was known when one was needed, and the first such day. */
  readonly unknownRates = new Map<Currency, DayNumber>();
  /** Tallies of fees and income that belong to no instrument, by account. */
  readonly accountTallies = new Map<string, Tally>();
  readonly #holdings = new Map<string, Map<string, HoldingState>>();
  readonly #cash = new Map<string, Map<Currency, Cash>>();
  readonly #accounts: ReadonlyMap<string, Account>;
  #order = 0;
  #looking = true;
  /** Worth of everything when measuring began. */
  startValue: Decimal = 0n;
  /** What was held then without a price or rate, and so is measured from its cost. */
  readonly startedAtCost = new Set<Instrument>();

  readonly #splits = new Map<string, { day: DayNumber; accounts: Set<string> }>();

  /** Rates and prices are forked: what this book's transactions book stays in this book. */
  constructor(options: BookOptions) {
    this.options = {
      ...options,
      rates: options.rates.fork(),
      prices: options.prices.fork(),
    };
    this.#accounts = new Map(options.accounts.map((account) => [account.id, account]));
  }

  account(id: string): Account {
    return present(this.#accounts.get(id), `account ${id}`);
  }

  instrument(id: string): Instrument {
    return present(this.options.instruments.get(id), `instrument ${id}`);
  }

  counts(accountId: string): boolean {
    return this.options.scope.has(accountId);
  }

  tracksCash(accountId: string): boolean {
    return this.options.cashTracked.has(accountId);
  }

  /** The state of an instrument in an account, made empty when new. */
  holding(accountId: string, instrumentId: string): HoldingState {
    let ofAccount = this.#holdings.get(accountId);
    if (!ofAccount) {
      ofAccount = new Map();
      this.#holdings.set(accountId, ofAccount);
    }
    let state = ofAccount.get(instrumentId);
    if (!state) {
      const account = this.account(accountId);
      state = {
        account,
        instrument: this.instrument(instrumentId),
        lots: new OpenLots(account.lotMethod),
        tally: emptyTally(),
        counted: this.counts(accountId),
      };
      ofAccount.set(instrumentId, state);
    }
    return state;
  }

  cash(accountId: string, currency: Currency): Cash {
    let ofAccount = this.#cash.get(accountId);
    if (!ofAccount) {
      ofAccount = new Map();
      this.#cash.set(accountId, ofAccount);
    }
    let cash = ofAccount.get(currency);
    if (!cash) {
      cash = new Cash(currency, this.options.currency);
      ofAccount.set(currency, cash);
    }
    return cash;
  }

  *holdings(): Generator<HoldingState> {
    for (const ofAccount of this.#holdings.values()) yield* ofAccount.values();
  }

  *cashes(): Generator<{
    readonly accountId: string;
    readonly cash: Cash;
    readonly counted: boolean;
  }> {
    for (const [accountId, ofAccount] of this.#cash) {
      const counted = this.counts(accountId);
      for (const cash of ofAccount.values()) yield { accountId, cash, counted };
    }
  }

  accountTally(accountId: string): Tally {
    let tally = this.accountTallies.get(accountId);
    if (!tally) {
      tally = emptyTally();
      this.accountTallies.set(accountId, tally);
    }
    return tally;
  }

  /** Says whose transaction comes next: a rate missing for accounts not looked at is no one's loss. */
  begin(transaction: Transaction): void {
    this.#looking =
      this.counts(transaction.accountId) ||
      (transaction.type === 'transfer' && this.counts(transaction.toAccountId));
  }

  noteUnknownRate(currency: Currency, day: DayNumber): void {
    if (this.#looking && !this.unknownRates.has(currency)) this.unknownRates.set(currency, day);
  }

  /** The day's worth in the base currency; 0 and noted where no rate is known. */
  inBase(amount: Decimal, currency: Currency, day: DayNumber): Decimal {
    if (amount === 0n) return 0n;
    const rate = this.options.rates.rate(currency, day);
    if (rate === null) {
      this.noteUnknownRate(currency, day);
      return 0n;
    }
    return atPrice(amount, rate);
  }

  /** What `quantity` units are worth by the price known that day, in the instrument's currency. */
  marketWorth(
    instrument: Instrument,
    quantity: Decimal,
    day: DayNumber,
  ): { readonly local: Decimal; readonly known: KnownPrice } | null {
    const known = this.options.prices.at(instrument.id, day);
    return known && { local: worth(instrument, quantity, known.price), known };
  }

  /** Remembers what the user's own record says that units are worth, in the instrument's currency. */
  notePrice(instrument: Instrument, day: DayNumber, quantity: Decimal, local: Decimal): void {
    const units = multiply(quantity, instrument.multiplier);
    if (units === 0n || local <= 0n) return;
    const quoted = dividePrices(pricePer(local, units), instrument.priceFactor);
    if (quoted > 0n) this.options.prices.noteTrade(instrument.id, day, quoted);
  }

  /** Worth comes to the accounts looked at from outside, or leaves them (negative). */
  externalFlow(accountId: string, day: DayNumber, base: Decimal): void {
    if (base === 0n || !this.counts(accountId)) return;
    let flow = this.flows.get(day);
    if (!flow) {
      flow = { inflow: 0n, outflow: 0n };
      this.flows.set(day, flow);
    }
    if (base > 0n) flow.inflow += base;
    else flow.outflow -= base;
  }

  /** Money comes (positive) or goes: into cash where it is tracked, else out of sight. */
  moveMoney(
    transaction: Transaction,
    currency: Currency,
    amount: Decimal,
    base: Decimal,
    day: DayNumber,
    accountId: string = transaction.accountId,
  ): void {
    if (!this.tracksCash(accountId)) {
      this.externalFlow(accountId, day, -base);
      return;
    }
    this.moveCash(transaction, currency, amount, base, day, accountId);
    if (this.counts(accountId)) this.lines.flow(`cash:${currency}`, day, base);
  }

  /** The same into cash whatever the account tracks; the caller books the flow. */
  moveCash(
    transaction: Transaction,
    currency: Currency,
    amount: Decimal,
    base: Decimal,
    day: DayNumber,
    accountId: string,
  ): void {
    const cash = this.cash(accountId, currency);
    if (amount >= 0n) cash.receive(amount, base, day, transaction.id);
    else cash.pay(-amount, -base, day, transaction.id);
    if (this.counts(accountId)) this.lines.change(`cash:${currency}`, day, amount);
  }

  /** Worth flows into (positive) or out of an instrument's line. */
  instrumentFlow(state: HoldingState, day: DayNumber, base: Decimal): void {
    if (state.counted) this.lines.flow(state.instrument.id, day, base);
  }

  /** Income or cost that belongs to no instrument arises in the line of its currency's cash. */
  lineFlow(
    state: HoldingState | null,
    accountId: string,
    currency: Currency,
    day: DayNumber,
    base: Decimal,
  ): void {
    if (state) this.instrumentFlow(state, day, base);
    else if (this.counts(accountId)) this.lines.flow(`cash:${currency}`, day, base);
  }

  changeUnits(state: HoldingState, day: DayNumber, units: Decimal): void {
    if (state.counted) this.lines.change(state.instrument.id, day, units);
  }

  /** Opens a lot; quantity and cost are negative for a short. */
  openLot(
    state: HoldingState,
    day: DayNumber,
    lot: Omit<Lot, Settled> & Partial<Pick<Lot, Settled>>,
  ): void {
    if (lot.quantity === 0n) return;
    const order = lot.order ?? this.#order++;
    state.lots.open({ basis: lot.cost, baseBasis: lot.baseCost, ...lot, order });
    this.changeUnits(state, day, lot.quantity);
  }

  /**
   * A lot comes from elsewhere as it was. Where it meets lots of the other sign, both close at its
   * basis; what is left of it opens.
   */
  receiveLot(
    state: HoldingState,
    transaction: Transaction,
    day: DayNumber,
    part: Omit<LotPart, 'order'> & Partial<Pick<LotPart, 'order'>>,
  ): void {
    const held = state.lots.quantity;
    if (held === 0n || held < 0n === part.quantity < 0n) {
      this.openLot(state, day, part);
      return;
    }
    const units = absolute(part.quantity);
    const sign = part.quantity < 0n ? -1n : 1n;
    const closed = least(units, absolute(held));
    const share = (amount: Decimal): Decimal =>
      closed === units ? amount : mulDiv(amount, closed, units);
    const met = {
      quantity: sign * closed,
      cost: share(part.cost),
      baseCost: share(part.baseCost),
      basis: share(part.basis),
      baseBasis: share(part.baseBasis),
    };
    this.closeUnits(state, transaction, day, closed, {
      local: sign * met.basis,
      base: sign * met.baseBasis,
      baseByCost: sign * met.baseCost,
      currency: part.currency,
    });
    this.openLot(state, day, {
      ...part,
      quantity: part.quantity - met.quantity,
      cost: part.cost - met.cost,
      baseCost: part.baseCost - met.baseCost,
      basis: part.basis - met.basis,
      baseBasis: part.baseBasis - met.baseBasis,
    });
  }

  /**
   * Whether a split recorded in an account is news: the same one is recorded once in every account
   * that holds the instrument, on the same day or a few days apart.
   */
  isNewSplit(state: HoldingState, day: DayNumber): boolean {
    const { id } = state.instrument;
    const last = this.#splits.get(id);
    const known = last && day - last.day <= splitSpreadDays && !last.accounts.has(state.account.id);
    if (known) last.accounts.add(state.account.id);
    else this.#splits.set(id, { day, accounts: new Set([state.account.id]) });
    return !known;
  }

  /**
   * Closes `quantity` units (positive; at most what is open) for `closing`, shared by units with
   * the remainder in the last part, and tallies what that realises. Gain = proceeds − basis; its FX
   * part is the lot's local basis × (closing rate − opening rate), the rest is the price part.
   */
  closeUnits(
    state: HoldingState,
    transaction: Transaction,
    day: DayNumber,
    quantity: Decimal,
    closing: ClosingWorth,
    choices: readonly LotChoice[] = [],
  ): void {
    const parts = state.lots.take(quantity, choices);
    let localLeft = closing.local;
    let baseLeft = closing.base;
    let byCostLeft = closing.baseByCost ?? closing.base;
    let unitsLeft = quantity;
    for (const part of parts) {
      const units = absolute(part.quantity);
      const share = (amount: Decimal): Decimal =>
        units === unitsLeft ? amount : mulDiv(amount, units, unitsLeft);
      const local = share(localLeft);
      const base = share(baseLeft);
      const baseByCost = share(byCostLeft);
      localLeft -= local;
      baseLeft -= base;
      byCostLeft -= baseByCost;
      unitsLeft -= units;
      const { currency } = closing;
      this.realise(state, transaction, day, part, { local, base, baseByCost, currency });
      this.changeUnits(state, day, -part.quantity);
    }
  }

  /** Tallies one closed part. */
  realise(
    state: HoldingState,
    transaction: Transaction,
    day: DayNumber,
    part: LotPart,
    closing: ClosingWorth,
  ): void {
    if (!state.counted) return;
    const sign = part.quantity < 0n ? -1n : 1n;
    const base = sign * closing.base;
    const gain = base - part.baseBasis;
    const fx = this.#fxPart(part, sign * closing.local, base, closing.currency, day);
    state.tally.realised += gain;
    state.tally.realisedFx += fx;
    state.tally.realisedByCost += sign * (closing.baseByCost ?? closing.base) - part.baseCost;
    if (!this.options.keepMatches) return;
    this.matches.push({
      closedBy: transaction.id,
      closedOn: day,
      accountId: state.account.id,
      instrumentId: state.instrument.id,
      openedBy: part.openedBy,
      openedOn: part.openedOn,
      quantity: part.quantity,
      currency: part.currency,
      cost: part.cost,
      baseCost: part.baseCost,
      baseProceeds: base,
      gain,
      fx,
    });
  }

  #fxPart(
    part: LotPart,
    local: Decimal,
    base: Decimal,
    currency: Currency,
    day: DayNumber,
  ): Decimal {
    if (part.currency === this.options.currency) return 0n;
    if (part.currency === currency && local !== 0n) {
      return mulDiv(part.basis, base, local) - part.baseBasis;
    }
    const rate = this.options.rates.rate(part.currency, day);
    return rate === null ? 0n : atPrice(part.basis, rate) - part.baseBasis;
  }

  /** The fault of a closing that names lots which are not open. */
  unmetChoice(
    state: HoldingState,
    transaction: Transaction,
    choices: readonly LotChoice[] | undefined,
  ): LedgerFault | null {
    const unmet = choices && state.lots.unmet(choices);
    if (!unmet) return null;
    const label = instrumentLabel(state.instrument);
    return {
      code: 'transaction.invalid',
      detail: `The ${transaction.type} on ${transaction.effectiveAt} names ${formatDecimal(unmet.quantity)} ${label} of the lot opened by ${unmet.openedBy}, of which account "${state.account.name}" has less open. Name lots that are open then, or none.`,
      transactionId: transaction.id,
      member: 'lots',
    };
  }

  /** The fault of taking more than is held. */
  notHeld(state: HoldingState, transaction: Transaction, wanted: Decimal): LedgerFault {
    const held = state.lots.quantity;
    const label = instrumentLabel(state.instrument);
    return {
      code: 'ledger.not-held',
      detail: `Account "${state.account.name}" holds ${formatDecimal(held)} ${label} on ${transaction.effectiveAt}, but ${transaction.type} takes ${formatDecimal(wanted)}. Record what is missing (a buy, a delivery in or an opening balance), or allow shorting in this account.`,
      transactionId: transaction.id,
      accountId: state.account.id,
      instrumentId: state.instrument.id,
      effectiveAt: transaction.effectiveAt,
      wanted,
      held,
    };
  }

  /**
   * Measures from here on: every lot's basis becomes its market value at the end of `day`, and
   * tallies and flows start at nothing. Cost stays what it was. Where no price is known the basis
   * stays too.
   */
  startMeasuring(day: DayNumber): void {
    this.#looking = true;
    this.startValue = 0n;
    this.flows.clear();
    this.matches.length = 0;
    this.startedAtCost.clear();
    for (const state of this.holdings()) {
      Object.assign(state.tally, emptyTally());
      if (state.counted) this.startValue += this.#rebase(state, day);
    }
    for (const { cash, counted } of this.cashes()) {
      Object.assign(cash.tally, emptyTally());
      if (counted) this.startValue += this.#rebaseCash(cash, day);
    }
    for (const tally of this.accountTallies.values()) Object.assign(tally, emptyTally());
  }

  #rebase(state: HoldingState, day: DayNumber): Decimal {
    const quantity = state.lots.quantity;
    const market = this.marketWorth(state.instrument, quantity, day);
    const rate = this.options.rates.rate(state.instrument.currency, day);
    let localLeft = market?.local ?? 0n;
    let baseLeft = rate === null ? 0n : atPrice(localLeft, rate);
    let unitsLeft = quantity;
    let total = 0n;
    if (quantity !== 0n && (!market || rate === null)) this.startedAtCost.add(state.instrument);
    for (const lot of state.lots) {
      if (market && rate !== null) {
        const last = lot.quantity === unitsLeft;
        const local = last ? localLeft : mulDiv(localLeft, lot.quantity, unitsLeft);
        const base = last ? baseLeft : mulDiv(baseLeft, lot.quantity, unitsLeft);
        localLeft -= local;
        baseLeft -= base;
        unitsLeft -= lot.quantity;
        lot.basis = this.convert(local, state.instrument.currency, lot.currency, day) ?? lot.basis;
        lot.baseBasis = base;
      }
      total += lot.baseBasis;
    }
    return total;
  }

  #rebaseCash(cash: Cash, day: DayNumber): Decimal {
    if (!cash.lots) return cash.balance;
    const rate = this.options.rates.rate(cash.currency, day);
    if (rate === null && cash.balance !== 0n) this.noteUnknownRate(cash.currency, day);
    let baseLeft = rate === null ? 0n : atPrice(cash.balance, rate);
    let unitsLeft = cash.balance;
    const total = baseLeft;
    for (const lot of cash.lots) {
      const base =
        lot.quantity === unitsLeft ? baseLeft : mulDiv(baseLeft, lot.quantity, unitsLeft);
      baseLeft -= base;
      unitsLeft -= lot.quantity;
      lot.basis = lot.quantity;
      lot.baseBasis = base;
    }
    return total;
  }

  /** Another currency's amount at the day's rate; null where none is known. */
  convert(amount: Decimal, from: Currency, to: Currency, day: DayNumber): Decimal | null {
    if (from === to) return amount;
    const rate: Price | null = this.options.rates.cross(from, to, day);
    return rate === null ? null : atPrice(amount, rate);
  }
}
