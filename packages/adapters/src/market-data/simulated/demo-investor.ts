import {
  atPrice,
  type Day,
  type Decimal,
  decimal,
  decimalOf,
  formatDecimal,
  invariant,
  least,
  multiply,
  overPrice,
  present,
  roundTo,
  splitWhole,
  whole,
  zero,
} from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { type DemoBook, hintOf } from './demo-book.ts';
import type { DemoAction, DemoMarket } from './demo-market.ts';
import { type SimulatedInstrument, simulatedInstruments } from './simulated-instruments.ts';

/** Tax withheld from a dividend, by the country of who pays. */
const withheld: Readonly<Record<string, Decimal>> = {
  BE: decimal('0.3'),
  CH: decimal('0.35'),
  DE: decimal('0.26375'),
  DK: decimal('0.27'),
  NL: decimal('0.15'),
  NO: decimal('0.25'),
  US: decimal('0.15'),
};
const withheldFromInterest = decimal('0.26375');
/** What a conversion costs, hidden in the rate as banks do. */
const conversionSpread = decimal('0.9985');
const stampDuty = decimal('0.005');
const tradeFees: Readonly<Record<string, Decimal>> = {
  EUR: decimal('4.9'),
  USD: whole(1),
  GBP: decimal('5.95'),
  CHF: whole(9),
};
const cent = 2;

const bySymbol: ReadonlyMap<string, SimulatedInstrument> = new Map(
  simulatedInstruments.map((one) => [one.symbol, one]),
);

const instrumentOf = (symbol: string): SimulatedInstrument =>
  present(bySymbol.get(symbol), `the simulated instrument ${symbol}`);

/** `whole`: units as a share is bought. `savings-plan`, `coin`: parts of a unit. */
export type BuyStyle = 'whole' | 'savings-plan' | 'coin';

/** Does what the demo's investor decides, as far as the money and the units go. */
export class DemoInvestor {
  /** The day on which it acts. */
  today: Day;
  readonly #book: DemoBook;
  readonly #market: DemoMarket;

  constructor(book: DemoBook, market: DemoMarket, today: Day) {
    this.today = today;
    this.#book = book;
    this.#market = market;
  }

  deposit(account: string, amount: Decimal, note: string): void {
    this.#book.addCash(account, 'EUR', amount);
    this.#book.record(account, {
      type: 'deposit',
      effectiveAt: this.today,
      amount,
      currency: 'EUR',
      note,
    });
  }

  withdraw(account: string, amount: Decimal, note: string): void {
    this.#pay(account, 'EUR', amount);
    this.#book.record(account, {
      type: 'withdrawal',
      effectiveAt: this.today,
      amount,
      currency: 'EUR',
      note,
    });
  }

  /** Buys for about `budget`, never for more than there is; nothing where that is not a unit's worth. */
  buy(account: string, symbol: string, budget: Decimal, style: BuyStyle = 'whole'): void {
    if (!this.#market.trades(symbol, this.today)) return;
    const { currency } = instrumentOf(symbol);
    const price = this.#market.price(symbol, this.today);
    const money = least(budget, this.#book.cash(account, currency));
    const costs = (amount: Decimal) => this.#costs(symbol, amount, style, 'buy');
    const forUnits = money - costs(money).fee - costs(money).tax;
    const quantity = cutUnits(overPrice(forUnits, price), style);
    const amount = roundDown(atPrice(quantity, price));
    if (quantity <= zero || amount <= zero) return;
    const { fee, tax } = costs(amount);
    this.#pay(account, currency, amount + fee + tax);
    this.#book.setUnits(account, symbol, this.#book.units(account, symbol) + quantity);
    const instrument = this.#hint(symbol);
    const trade = { quantity, price, amount, currency, fee, tax, instrument };
    const note = style === 'savings-plan' ? { note: 'Savings plan' } : {};
    this.#book.record(account, { type: 'buy', effectiveAt: this.today, ...trade, ...note });
  }

  /** Sells the share of the units that is asked for, in whole units unless it is coins or all. */
  sell(account: string, symbol: string, share: Decimal, style: BuyStyle = 'whole'): void {
    const held = this.#book.units(account, symbol);
    if (held <= zero || !this.#market.trades(symbol, this.today)) return;
    const { currency } = instrumentOf(symbol);
    const price = this.#market.price(symbol, this.today);
    const quantity = share >= whole(1) ? held : cutUnits(multiply(held, share), style);
    const amount = roundDown(atPrice(quantity, price));
    const { fee, tax } = this.#costs(symbol, amount, style, 'sell');
    if (quantity <= zero || amount <= fee + tax) return;
    this.#book.setUnits(account, symbol, held - quantity);
    this.#book.addCash(account, currency, amount - fee - tax);
    const instrument = this.#hint(symbol);
    const trade = { quantity, price, amount, currency, fee, tax, instrument };
    this.#book.record(account, { type: 'sell', effectiveAt: this.today, ...trade });
  }

  /** Changes euros into `currency` at the day's rate less the bank's spread. */
  fromEuro(account: string, currency: string, amount: Decimal): void {
    const money = least(amount, this.#book.cash(account, 'EUR'));
    const got = multiply(atPrice(money, this.#rate(currency)), conversionSpread);
    this.#convert(account, { currency: 'EUR', amount: money }, { currency, amount: got });
  }

  toEuro(account: string, currency: string, amount: Decimal): void {
    const money = least(amount, this.#book.cash(account, currency));
    const got = multiply(overPrice(money, this.#rate(currency)), conversionSpread);
    this.#convert(account, { currency, amount: money }, { currency: 'EUR', amount: got });
  }

  transferCash(from: string, to: string, amount: Decimal): void {
    this.#pay(from, 'EUR', amount);
    this.#book.addCash(to, 'EUR', amount);
    const moved = { quantity: amount, currency: 'EUR', toAccount: to, instrument: undefined };
    this.#book.record(from, { type: 'transfer', effectiveAt: this.today, ...moved });
  }

  /** Moves a share of the units, with their lots, to another account. */
  transferUnits(from: string, to: string, symbol: string, share: Decimal): void {
    const held = this.#book.units(from, symbol);
    const quantity = cutUnits(multiply(held, share), 'savings-plan');
    if (quantity <= zero) return;
    this.#book.setUnits(from, symbol, held - quantity);
    this.#book.setUnits(to, symbol, this.#book.units(to, symbol) + quantity);
    const { currency } = instrumentOf(symbol);
    const moved = { quantity, currency, toAccount: to, instrument: this.#hint(symbol) };
    this.#book.record(from, { type: 'transfer', effectiveAt: this.today, ...moved });
  }

  /** Credits interest on the euros in the account, less tax. */
  interest(account: string, quarterlyRate: Decimal): void {
    const amount = roundTo(multiply(this.#book.cash(account, 'EUR'), quarterlyRate), cent);
    if (amount <= zero) return;
    const tax = roundTo(multiply(amount, withheldFromInterest), cent);
    this.#book.addCash(account, 'EUR', amount - tax);
    const paid = { amount, tax, fee: zero, currency: 'EUR', instrument: undefined };
    this.#book.record(account, { type: 'interest', effectiveAt: this.today, ...paid });
  }

  fee(account: string, amount: Decimal, note: string): void {
    this.#pay(account, 'EUR', amount);
    const paid = { amount, currency: 'EUR', instrument: undefined, note };
    this.#book.record(account, { type: 'fee', effectiveAt: this.today, ...paid });
  }

  /** A dividend on units held at the close before the ex-day, less the tax of the payer's country. */
  dividend(account: string, action: DemoAction, units: Decimal): void {
    const { currency, country } = instrumentOf(action.symbol);
    const amount = roundTo(multiply(units, decimalOf(action.value)), cent);
    if (amount <= zero) return;
    const tax = roundTo(multiply(amount, withheld[country ?? ''] ?? zero), cent);
    this.#book.addCash(account, currency, amount - tax);
    const note = `${formatDecimal(units)} × ${action.value} ${currency}, ex ${action.day}`;
    const paid = { amount, tax, fee: zero, currency, instrument: this.#hint(action.symbol), note };
    this.#book.record(account, { type: 'dividend', effectiveAt: this.today, ...paid });
  }

  split(account: string, { symbol, value }: DemoAction): void {
    const held = this.#book.units(account, symbol);
    const ratio =
      value >= 1
        ? { new: decimalOf(value), old: whole(1) }
        : { new: whole(1), old: whole(Math.round(1 / value)) };
    this.#book.setUnits(account, symbol, multiply(held, decimalOf(value)));
    this.#book.record(account, {
      type: 'split',
      effectiveAt: this.today,
      instrument: this.#hint(symbol),
      ratio,
    });
  }

  delisting(account: string, { symbol, value }: DemoAction): void {
    const { currency } = instrumentOf(symbol);
    const amount = roundTo(multiply(this.#book.units(account, symbol), decimalOf(value)), cent);
    this.#book.setUnits(account, symbol, zero);
    this.#book.addCash(account, currency, amount);
    const gone = { amount, currency, instrument: this.#hint(symbol), note: 'Taken over for cash' };
    this.#book.record(account, { type: 'delisting', effectiveAt: this.today, ...gone });
  }

  #convert(account: string, sold: Money, raw: Money): void {
    const bought = { ...raw, amount: roundDown(raw.amount) };
    if (sold.amount <= zero || bought.amount <= zero) return;
    this.#pay(account, sold.currency, sold.amount);
    this.#book.addCash(account, bought.currency, bought.amount);
    const costs = { fee: zero, tax: zero, currency: 'EUR' };
    this.#book.record(account, { type: 'fx', effectiveAt: this.today, sold, bought, ...costs });
  }

  #rate(currency: string) {
    return this.#market.price(`SIM:EUR${currency}`, this.today);
  }

  #costs(symbol: string, amount: Decimal, style: BuyStyle, side: 'buy' | 'sell') {
    const { currency, country } = instrumentOf(symbol);
    const fee =
      style === 'whole'
        ? (tradeFees[currency] ?? zero)
        : style === 'coin'
          ? roundTo(multiply(amount, decimal('0.0025')), cent)
          : zero;
    const taxed = side === 'buy' && country === 'GB';
    return { fee, tax: taxed ? roundTo(multiply(amount, stampDuty), cent) : zero };
  }

  #pay(account: string, currency: string, amount: Decimal): void {
    const left = this.#book.cash(account, currency) - amount;
    invariant(left >= zero, `${account} has enough ${currency}, short of ${formatDecimal(-left)}`);
    this.#book.addCash(account, currency, -amount);
  }

  #hint(symbol: string): InstrumentHint {
    return hintOf(instrumentOf(symbol));
  }
}

interface Money {
  readonly currency: string;
  readonly amount: Decimal;
}

/** Whole units for shares, 4 digits in a savings plan, 6 for coins; never more than asked. */
function cutUnits(units: Decimal, style: BuyStyle): Decimal {
  if (style === 'whole') return splitWhole(units).wholePart;
  const step = 10n ** (style === 'coin' ? 12n : 14n);
  return units - (units % step);
}

const roundDown = (amount: Decimal): Decimal => amount - (amount % 10n ** 16n);
