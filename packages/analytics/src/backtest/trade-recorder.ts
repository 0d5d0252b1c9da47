import type { Holding } from './holding.ts';
import type { Order } from './order.ts';
import type { Trade } from './result.ts';

/** A round trip under way. */
interface OpenTrade {
  readonly held: Holding;
  readonly sign: 1 | -1;
  readonly entryAt: number;
  readonly entryRow: number;
  readonly whyEntered: string;
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
  readonly trades: Trade[] = [];
  readonly #open: (OpenTrade | undefined)[];

  constructor(instruments: number) {
    this.#open = new Array(instruments).fill(undefined);
  }

  /** A fill that opens, adds to, reduces or closes; one that turns a position around is given in two. */
  fill(held: Holding, order: Order | null, fill: TradeFill, why: string): void {
    const sign = fill.quantity > 0 ? 1 : -1;
    let trade = this.#open[held.index];
    if (!trade) {
      trade = started(held, sign, fill, order?.why ?? why);
      this.#open[held.index] = trade;
    }
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
    this.trades.push(finished(trade, { at: fill.at, why: order?.why ?? why, value: 0 }));
    this.#open[held.index] = undefined;
  }

  /** Widens the excursions by the newest bar of an instrument held. */
  watch(held: Holding): void {
    const trade = this.#open[held.index];
    if (!trade) return;
    const high = held.bars.high[held.row] as number;
    const low = held.bars.low[held.row] as number;
    if (high > trade.highest) trade.highest = high;
    if (low < trade.lowest) trade.lowest = low;
  }

  /** Dividends, interest and fees of a position, in base currency; below zero where paid. */
  carry(held: Holding, amount: number): void {
    const trade = this.#open[held.index];
    if (trade) trade.carry += amount;
  }

  /** A split makes more units at a lower price of what was paid. */
  split(held: Holding, ratio: number): void {
    const trade = this.#open[held.index];
    if (!trade) return;
    trade.entered *= ratio;
    trade.left *= ratio;
    trade.quantity *= ratio;
    trade.highest /= ratio;
    trade.lowest /= ratio;
  }

  /** The trades that are open at the end, valued at the newest close. */
  openTrades(value: (held: Holding) => number): Trade[] {
    return this.#open.flatMap((trade) =>
      trade ? [finished(trade, { at: null, why: '', value: value(trade.held) })] : [],
    );
  }
}

function started(held: Holding, sign: 1 | -1, fill: TradeFill, why: string): OpenTrade {
  return {
    held,
    sign,
    entryAt: fill.at,
    entryRow: held.row,
    whyEntered: why,
    entered: 0,
    entryValue: 0,
    left: 0,
    exitValue: 0,
    quantity: 0,
    cash: 0,
    commission: 0,
    carry: 0,
    highest: fill.price,
    lowest: fill.price,
  };
}

function finished(
  trade: OpenTrade,
  end: { readonly at: number | null; readonly why: string; readonly value: number },
): Trade {
  const entryPrice = trade.entryValue / trade.entered;
  const gross = trade.cash + end.value;
  const up = Math.max(0, trade.highest / entryPrice - 1);
  const down = Math.max(0, 1 - trade.lowest / entryPrice);
  return {
    instrumentId: trade.held.instrument.id,
    side: trade.sign === 1 ? 'long' : 'short',
    entryAt: trade.entryAt,
    exitAt: end.at,
    entryPrice,
    exitPrice: trade.left > 0 ? trade.exitValue / trade.left : null,
    quantity: trade.quantity,
    gross,
    commission: trade.commission,
    carry: trade.carry,
    net: gross - trade.commission + trade.carry,
    bars: trade.held.row - trade.entryRow,
    mae: trade.sign === 1 ? down : up,
    mfe: trade.sign === 1 ? up : down,
    whyEntered: trade.whyEntered,
    whyLeft: end.why,
  };
}
