import { highOf, lowOf } from './bar-prices.ts';
import { type Order, pointValue } from './holding.ts';
import { meeting } from './meeting.ts';
import type { BacktestSettings } from './settings.ts';
import { type SlippageOf, slippageModel } from './slippage.ts';

/** Slippage that ends where the bar ends, and knows what it left out for that. */
export class SlipInBar {
  /** Fills that slippage would have carried out of their bars, and the money that was cut off. */
  readonly cutOff = { fills: 0, amount: 0 };
  readonly #model: SlippageOf | null;

  constructor(slippage: BacktestSettings['slippage']) {
    this.#model = slippageModel(slippage);
  }

  /** market price × (1 ± share), at most the high and at least the low of the bar. */
  priceOf({ held, sign }: Order, quantity: number, marketPrice: number): number {
    if (this.#model === null) return marketPrice;
    const slipped = marketPrice * (1 + sign * this.#model(held, quantity));
    const bar = meeting(held.bars, held.row);
    const within = sign === 1 ? Math.min(slipped, highOf(bar)) : Math.max(slipped, lowOf(bar));
    if (within === slipped || Number.isNaN(within)) return slipped;
    this.cutOff.fills++;
    this.cutOff.amount += Math.abs(slipped - within) * quantity * pointValue(held);
    return within;
  }
}
