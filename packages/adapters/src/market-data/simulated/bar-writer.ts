import type { Random } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/** Bars as they are drawn, day by day. */
export class BarWriter {
  readonly #days: number[] = [];
  readonly #open: number[] = [];
  readonly #high: number[] = [];
  readonly #low: number[] = [];
  readonly #close: number[] = [];
  readonly #volume: number[] = [];

  add(day: number, prices: DayPrices, volume: number): void {
    this.#days.push(day);
    this.#open.push(prices.open);
    this.#high.push(prices.high);
    this.#low.push(prices.low);
    this.#close.push(prices.close);
    this.#volume.push(volume);
  }

  bars(): DailyBars {
    return {
      days: Int32Array.from(this.#days),
      open: Float64Array.from(this.#open),
      high: Float64Array.from(this.#high),
      low: Float64Array.from(this.#low),
      close: Float64Array.from(this.#close),
      adjustedClose: new Float64Array(this.#days.length).fill(Number.NaN),
      volume: Float64Array.from(this.#volume),
    };
  }
}

export interface DayPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A part of the day's move happens overnight. */
const overnightShare = 0.35;

/**
 * The day's open, high, low and close around a move from `before` to `close`, rounded to `digits`
 * fractional digits. Always draws the same amount of chance.
 */
export function drawDay(
  random: Random,
  before: number,
  close: number,
  terms: { readonly volatility: number; readonly digits: number },
): DayPrices {
  const { volatility, digits } = terms;
  const move = Math.log(close / before);
  const open = before * Math.exp(overnightShare * move + 0.25 * volatility * random.normal());
  const high = Math.max(open, close) * Math.exp(0.45 * volatility * Math.abs(random.normal()));
  const low = Math.min(open, close) * Math.exp(-0.45 * volatility * Math.abs(random.normal()));
  return {
    open: atTick(open, digits),
    high: atTick(high, digits),
    low: atTick(low, digits),
    close: atTick(close, digits),
  };
}

/** The price at the nearest tick, never below one tick. */
export function atTick(price: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.max(Math.round(price * scale), 1) / scale;
}
