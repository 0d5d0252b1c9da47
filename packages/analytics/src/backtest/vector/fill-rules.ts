import { affordableQuantity } from '../affordable-quantity.ts';
import { highOf, lowOf } from '../bar-prices.ts';
import type { BacktestBars } from '../market.ts';
import type { BacktestSettings } from '../settings.ts';
import { roundedChange } from '../sizing.ts';
import { singleCommission } from './single-commission.ts';

/** How far from a margin call a position must stay for the fast path to say that there was none. */
const slack = 1e-9;

/** Equity that positions need, as shares of their value. */
interface Margin {
  readonly initial: number;
  readonly maintenance: number;
}

/** The order that leads from a quantity held to one that is wanted. */
export const changeTo = (wanted: number, held: number, step: number): number =>
  wanted === 0 ? -held : roundedChange(wanted - held, step);

/** What an order meets in a bar, with the arithmetic of the event engine. */
export class FillRules {
  /** Null for a cash account. */
  readonly margin: Margin | null;
  readonly commissionOf: (quantity: number, value: number) => number;
  readonly #slip: number | null;
  readonly #rejects: boolean;
  #price = 0;
  #multiplier = 1;
  readonly #costOf = (quantity: number): number => {
    const value = quantity * this.#price * this.#multiplier;
    return value + this.commissionOf(quantity, value);
  };

  constructor(settings: BacktestSettings) {
    this.margin = settings.account.kind === 'margin' ? settings.account : null;
    this.commissionOf = singleCommission(settings.commission);
    this.#slip = slippedShare(settings.slippage);
    this.#rejects = settings.whenShortOfCash === 'reject';
  }

  /** The price had in a bar, slippage in it, but none that the bar did not see. */
  priceOf(marketPrice: number, sign: 1 | -1, bars: BacktestBars, row: number): number {
    if (this.#slip === null) return marketPrice;
    const slipped = marketPrice * (1 + sign * this.#slip);
    const prices = {
      open: bars.open[row] as number,
      high: bars.high[row] as number,
      low: bars.low[row] as number,
      close: bars.close[row] as number,
    };
    return sign === 1 ? Math.min(slipped, highOf(prices)) : Math.max(slipped, lowOf(prices));
  }

  /**
   * Units of an order that can be had; 0 where it is rejected. Numbers alone, as this is asked for
   * every order of a sweep.
   */
  quantityOf(
    sign: 1 | -1,
    wanted: number,
    price: number,
    multiplier: number,
    step: number,
    cash: number,
    held: number,
  ): number {
    if (this.margin) return wanted;
    this.#price = price;
    this.#multiplier = multiplier;
    const most = sign === -1 ? this.#sold(wanted, cash, held) : this.#bought(wanted, cash, step);
    return most < wanted && this.#rejects ? 0 : most;
  }

  /** No more than is held, and nothing where the fees are more than there is then. */
  #sold(wanted: number, cash: number, held: number): number {
    const units = Math.min(wanted, Math.max(0, held));
    const value = units * this.#price * this.#multiplier;
    return cash + value < this.commissionOf(units, value) ? 0 : units;
  }

  #bought(wanted: number, cash: number, step: number): number {
    if (this.#costOf(wanted) <= cash) return wanted;
    return roundedChange(affordableQuantity(this.#costOf, wanted, cash), step);
  }

  /** Whether so much equity is surely enough for a new position of so much. */
  isSurelyMargined(equity: number, gross: number): boolean {
    return this.margin === null || equity >= this.margin.initial * gross * (1 + slack);
  }

  /** Whether so much equity surely brings no margin call. */
  isSurelyMaintained(equity: number, gross: number): boolean {
    return this.margin === null || equity >= this.margin.maintenance * gross * (1 + slack);
  }
}

const basisPoint = 1e-4;

function slippedShare(slippage: BacktestSettings['slippage']): number | null {
  if (slippage.kind === 'bps') return slippage.bps * basisPoint;
  return slippage.kind === 'half-spread' ? (slippage.spreadBps * basisPoint) / 2 : null;
}
