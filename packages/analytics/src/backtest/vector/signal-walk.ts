import type { SweepRows } from '@plimsoll/quant/sweep';
import type { BacktestInstrument } from '../market.ts';
import type { BacktestSettings } from '../settings.ts';
import { changeTo, FillRules } from './fill-rules.ts';
import type { VectorFills } from './vector-fills.ts';

/** Where a walk writes the path of equity: over a row of values of one unit at the closes. */
export interface WalkedPath {
  readonly rows: SweepRows;
  readonly unitRow: number;
}

/**
 * Walks from one change of a signal to the next with the arithmetic of the event engine, without its
 * orders, log and views: one object for many walks. Nothing happens between changes, so nothing is
 * looked at there but the path of equity where it is asked for, and what a margin call would need.
 */
export class SignalWalk {
  /** After the last walk: */
  equity = 0;
  trades = 0;
  /** Bars at whose close something was held. */
  heldBars = 0;
  /** Σ value traded ÷ equity at the decision. */
  turnover = 0;
  /** Whether a margin call or rejection by margin may have happened, which only the event engine tells. */
  doubtful = false;
  /** Whether nothing of an order could be paid for. */
  rejected = false;
  #cash = 0;
  #quantity = 0;
  readonly #started: number;
  readonly #instrument: BacktestInstrument;
  readonly #sizing: BacktestSettings['sizing'];
  readonly #rules: FillRules;
  /** Bars from a decision to its fill. */
  readonly #delay: 0 | 1;
  readonly #prices: Float64Array;
  /** Value of one unit at each close. */
  readonly #unit: Float64Array;
  readonly #first: number;
  readonly #closesAtEnd: boolean;
  /** Takes down the fills where it is set. */
  book: VectorFills | null = null;
  #orders = 0;
  /** @param first The first bar at which anything may be decided. */
  constructor(instrument: BacktestInstrument, settings: BacktestSettings, first: number) {
    const { bars, multiplier } = instrument;
    this.#started = settings.cash;
    this.#instrument = instrument;
    this.#sizing = settings.sizing;
    this.#rules = new FillRules(settings);
    this.#delay = settings.execution === 'same-close' ? 0 : 1;
    this.#prices = this.#delay === 1 ? bars.open : bars.close;
    this.#unit = bars.close.map((close) => close * multiplier);
    this.#first = first;
    this.#closesAtEnd = settings.closeAtEnd;
  }

  get unit(): Float64Array {
    return this.#unit;
  }

  /**
   * @param places Bars at whose close the signal changes, rising.
   * @param signals What to, one for each; neither NaN nor twice the same, nor 0 at first.
   */
  walk(places: Int32Array, signals: Float64Array, count: number, path: WalkedPath | null): void {
    const n = this.#unit.length;
    this.#cash = this.#started;
    this.#quantity = 0;
    this.trades = 0;
    this.heldBars = 0;
    this.turnover = 0;
    this.doubtful = false;
    this.rejected = false;
    this.#orders = 0;
    let from = this.#first;
    for (let i = 0; i < count; i++) {
      const place = places[i] as number;
      const fill = place + this.#delay;
      if (fill >= n) break;
      const change = this.#wanted(place, signals[i] as number);
      if (change === 0) continue;
      this.#orders++;
      const before = this.#quantity;
      const cash = this.#cash;
      if (!this.#execute(place, fill, change)) {
        this.rejected = true;
        continue;
      }
      // What was held until here is looked at now, as it was.
      this.#pass(from, fill, cash, before, path);
      from = fill;
    }
    if (this.#closesAtEnd && this.#quantity !== 0) this.#close(from, path);
    else this.#pass(from, n, this.#cash, this.#quantity, path);
    this.equity = this.#equityAt(n - 1);
  }

  /** Closes what is held at the last close: at its price, and the commission of an order. */
  #close(from: number, path: WalkedPath | null): void {
    const last = this.#unit.length - 1;
    this.#pass(from, last, this.#cash, this.#quantity, path);
    const equity = this.#equityAt(last);
    const quantity = Math.abs(this.#quantity);
    const { multiplier, bars } = this.#instrument;
    const price = bars.close[last] as number;
    const value = quantity * price * multiplier;
    this.turnover += value / equity;
    this.#cash -= -this.#quantity * price * multiplier + this.#rules.commissionOf(quantity, value);
    this.#quantity = 0;
    this.#pass(last, last + 1, this.#cash, 0, path);
  }

  #equityAt(place: number): number {
    return this.#quantity === 0
      ? this.#cash
      : this.#cash + this.#quantity * (this.#unit[place] as number);
  }

  /** The change of quantity that a signal asks for at a close. */
  #wanted(place: number, signal: number): number {
    if (signal === 0) return -this.#quantity;
    const unit = this.#unit[place] as number;
    const sizing = this.#sizing;
    let wanted = 0;
    if (sizing.kind === 'units') wanted = signal * sizing.units;
    else if (sizing.kind === 'weight') {
      wanted = (signal * sizing.weight * this.#equityAt(place)) / unit;
    } else if (sizing.kind === 'cash') wanted = (signal * sizing.amount) / unit;
    return changeTo(wanted, this.#quantity, this.#instrument.step);
  }

  /** False where nothing could be paid for. */
  #execute(place: number, fill: number, change: number): boolean {
    const sign = change > 0 ? 1 : -1;
    const rules = this.#rules;
    const { multiplier } = this.#instrument;
    const marketPrice = this.#prices[fill] as number;
    const price = rules.priceOf(marketPrice, sign, this.#instrument.bars, fill);
    const before = this.#quantity;
    const { step } = this.#instrument;
    const wanted = Math.abs(change);
    const cash = this.#cash;
    const quantity = rules.quantityOf(sign, wanted, price, multiplier, step, cash, before);
    if (quantity <= 0) return false;
    const value = quantity * price * multiplier;
    const signed = sign * quantity;
    const commission = rules.commissionOf(quantity, value);
    this.turnover += value / this.#equityAt(place);
    this.#cash -= signed * price * multiplier + commission;
    this.#quantity = before + signed;
    this.book?.add(fill, {
      order: this.#orders,
      instrument: 0,
      quantity: signed,
      price,
      marketPrice,
      value,
      commission,
      slippage: Math.abs(price - marketPrice) * quantity * multiplier,
    });
    this.book?.cashAfter.push(this.#cash);
    if (this.#quantity !== 0 && before * this.#quantity <= 0) this.trades++;
    if (rules.margin) this.#checkInitial(price * multiplier);
    return true;
  }

  /** The stretch of bars [from, until) over which so much was held. */
  #pass(
    from: number,
    until: number,
    cash: number,
    quantity: number,
    path: WalkedPath | null,
  ): void {
    if (until <= from) return;
    if (quantity === 0) {
      // Equity changes once, at the fill, and then stands still: returns of 0 add nothing.
      path?.rows.follow(path.unitRow, from, from + 1, cash, 0);
      return;
    }
    this.heldBars += until - from;
    path?.rows.follow(path.unitRow, from, until, cash, quantity);
    if (this.#rules.margin && (quantity < 0 || cash < 0))
      this.#checkMaintenance(from, until, cash, quantity);
  }

  #checkInitial(unit: number): void {
    const value = this.#quantity * unit;
    if (!this.#rules.isSurelyMargined(this.#cash + value, Math.abs(value))) this.doubtful = true;
  }

  /** Whether every close leaves enough equity. */
  #checkMaintenance(from: number, until: number, cash: number, quantity: number): void {
    for (let i = from; i < until; i++) {
      const value = quantity * (this.#unit[i] as number);
      if (!this.#rules.isSurelyMaintained(cash + value, Math.abs(value))) {
        this.doubtful = true;
        return;
      }
    }
  }
}
