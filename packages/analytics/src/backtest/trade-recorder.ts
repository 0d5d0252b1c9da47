import type { Holding, Order } from './holding.ts';
import type { Trade } from './result.ts';
import { type EndedTrade, TradeLog } from './trade-log.ts';

/** A round trip under way; one object for each instrument, used again and again. */
interface OpenTrade {
  readonly held: Holding;
  /** 0 where there is none. */
  sign: 1 | -1 | 0;
  entryAt: number;
  entryRow: number;
  whyEntered: string;
  entered: number;
  entryValue: number;
  left: number;
  exitValue: number;
  quantity: number;
  /** Money in and out in base currency, without commission. */
  cash: number;
  commission: number;
  carry: number;
  highest: number;
  lowest: number;
}

/** One fill, as far as trades are concerned. */
export interface TradeFill {
  readonly at: number;
  /** Below zero where sold. */
  readonly quantity: number;
  readonly price: number;
  /** Base currency for the price of one unit at one point. */
  readonly worth: number;
  readonly commission: number;
}

/** Puts fills together to round trips from flat to flat. */
export class TradeRecorder {
  readonly #ended = new TradeLog();
  /** By the place of their instruments. */
  readonly #open: (OpenTrade | null)[];

  constructor(instruments: number) {
    this.#open = new Array<OpenTrade | null>(instruments).fill(null);
  }

  /** Those that have ended, in that order; put together anew each time it is asked for. */
  get trades(): readonly Trade[] {
    return this.#ended.toTrades();
  }

  /** The trade under way; null where there is none. */
  #underWay(held: Holding): OpenTrade | null {
    const trade = this.#open[held.index] ?? null;
    return trade === null || trade.sign === 0 ? null : trade;
  }

  /** A fill that opens, adds to, reduces or closes; one that turns a position around is given in two. */
  fill(held: Holding, order: Order | null, fill: TradeFill, why: string): void {
    const sign = fill.quantity > 0 ? 1 : -1;
    let trade = this.#open[held.index] ?? null;
    if (trade === null) {
      trade = idle(held);
      this.#open[held.index] = trade;
    }
    if (trade.sign === 0) start(trade, sign, fill, order?.why ?? why);
    const size = Math.abs(fill.quantity);
    if (sign === trade.sign) {
      trade.entered += size;
      trade.entryValue += size * fill.price;
    } else {
      trade.left += size;
      trade.exitValue += size * fill.price;
    }
    trade.cash -= fill.quantity * fill.price * fill.worth;
    trade.commission += fill.commission;
    trade.quantity = Math.max(trade.quantity, Math.abs(held.quantity));
    trade.highest = Math.max(trade.highest, fill.price);
    trade.lowest = Math.min(trade.lowest, fill.price);
    if (held.quantity !== 0) return;
    this.#ended.add(figuresOf(trade, { at: fill.at, why: order?.why ?? why, value: 0 }));
    trade.sign = 0;
  }

  /** Widens the excursions by the newest bar of an instrument held. */
  watch(held: Holding): void {
    const trade = this.#open[held.index];
    if (trade === null || trade === undefined || trade.sign === 0) return;
    const { bars, row } = held;
    const high = bars.high[row] as number;
    const low = bars.low[row] as number;
    if (high > trade.highest) trade.highest = high;
    if (low < trade.lowest) trade.lowest = low;
  }

  /** Dividends, interest and fees of a position, in base currency; below zero where paid. */
  carry(held: Holding, amount: number): void {
    const trade = this.#underWay(held);
    if (trade !== null) trade.carry += amount;
  }

  /** A split makes more units at a lower price of what was paid. */
  split(held: Holding, ratio: number): void {
    const trade = this.#underWay(held);
    if (trade === null) return;
    trade.entered *= ratio;
    trade.left *= ratio;
    trade.quantity *= ratio;
    trade.highest /= ratio;
    trade.lowest /= ratio;
  }

  /** The trades that are open at the end, valued at the newest close. */
  openTrades(value: (held: Holding) => number): Trade[] {
    const open = new TradeLog();
    for (const trade of this.#open) {
      if (trade === null || trade.sign === 0) continue;
      open.add(figuresOf(trade, { at: null, why: '', value: value(trade.held) }));
    }
    return open.toTrades();
  }
}

const idle = (held: Holding): OpenTrade => ({
  held,
  sign: 0,
  entryAt: Number.NaN,
  entryRow: 0,
  whyEntered: '',
  // Begun as fractions: numbers that begin whole take another form when they first are not.
  entered: Number.NaN,
  entryValue: Number.NaN,
  left: Number.NaN,
  exitValue: Number.NaN,
  quantity: Number.NaN,
  cash: Number.NaN,
  commission: Number.NaN,
  carry: Number.NaN,
  highest: Number.NaN,
  lowest: Number.NaN,
});

function start(trade: OpenTrade, sign: 1 | -1, { at, price }: TradeFill, why: string): void {
  trade.sign = sign;
  trade.entryAt = at;
  trade.entryRow = trade.held.row;
  trade.whyEntered = why;
  trade.entered = 0;
  trade.entryValue = 0;
  trade.left = 0;
  trade.exitValue = 0;
  trade.quantity = 0;
  trade.cash = 0;
  trade.commission = 0;
  trade.carry = 0;
  trade.highest = price;
  trade.lowest = price;
}

function figuresOf(
  trade: OpenTrade,
  end: { readonly at: number | null; readonly why: string; readonly value: number },
): EndedTrade {
  const entryPrice = trade.entryValue / trade.entered;
  const up = Math.max(0, trade.highest / entryPrice - 1);
  const down = Math.max(0, 1 - trade.lowest / entryPrice);
  return {
    held: trade.held,
    side: trade.sign === 1 ? 'long' : 'short',
    entryAt: trade.entryAt,
    exitAt: end.at,
    entryPrice,
    exitPrice: trade.left > 0 ? trade.exitValue / trade.left : null,
    quantity: trade.quantity,
    gross: trade.cash + end.value,
    commission: trade.commission,
    carry: trade.carry,
    bars: trade.held.row - trade.entryRow,
    mae: trade.sign === 1 ? down : up,
    mfe: trade.sign === 1 ? up : down,
    whyEntered: trade.whyEntered,
    whyLeft: end.why,
  };
}
