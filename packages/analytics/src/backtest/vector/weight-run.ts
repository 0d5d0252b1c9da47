import type { BacktestInstrument } from '../market.ts';
import type { FillColumns } from '../result.ts';
import type { BacktestSettings } from '../settings.ts';
import { changeTo, FillRules } from './fill-rules.ts';
import { markPositions, type Stretches, staysMaintained } from './weight-marks.ts';
import type { WeightRows } from './weight-rows.ts';

/**
 * Goes from one rebalance to the next. What each needs of the bars is gathered before, instrument by
 * instrument, and what is held is marked after, likewise: going through hundreds of columns a bar at a
 * time would wait for memory at every step.
 */
export class WeightRun {
  /** By id, as in the event engine. */
  readonly instruments: readonly BacktestInstrument[];
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Whether a margin call or rejection by margin may have happened, which only the event engine tells. */
  doubtful = false;
  /** Whether a price was wanted that a bar has not: the event engine takes an older one, or waits. */
  unpriced = false;
  readonly #rules: FillRules;
  readonly #delay: 0 | 1;
  readonly #wide: number;
  readonly #multiplier: Float64Array;
  readonly #step: Float64Array;
  /** One row a rebalance: target weights, value of a unit at the decision, price and time of the fill. */
  readonly #weights: Float64Array;
  readonly #units: Float64Array;
  readonly #prices: Float64Array;
  readonly #times: Float64Array;
  /** Bars in which the rebalances are filled, those after the last bar left out. */
  readonly #filledIn: Int32Array;
  readonly #change: Float64Array;
  readonly #numbers: Int32Array;
  /** 1 where an order makes a position larger. */
  readonly #adds: Uint8Array;
  readonly #columns: ReturnType<typeof emptyFills>;
  #money: number;
  #orders = 0;
  #count = 0;

  constructor(
    instruments: readonly BacktestInstrument[],
    settings: BacktestSettings,
    { bars, weights }: WeightRows,
  ) {
    const wide = instruments.length;
    const order = instruments
      .map((_, i) => i)
      .sort((a, b) => ((instruments[a]?.id ?? '') < (instruments[b]?.id ?? '') ? -1 : 1));
    this.instruments = order.map((i) => instruments[i] as BacktestInstrument);
    const length = this.instruments[0]?.bars.known.length ?? 0;
    this.equity = new Float64Array(length);
    this.cash = new Float64Array(length);
    this.#rules = new FillRules(settings);
    this.#money = settings.cash;
    this.#delay = settings.execution === 'same-close' ? 0 : 1;
    this.#wide = wide;
    this.#multiplier = Float64Array.from(this.instruments, ({ multiplier }) => multiplier);
    this.#step = Float64Array.from(this.instruments, ({ step }) => step);
    this.#filledIn = bars.map((bar) => bar + this.#delay).filter((bar) => bar < length);
    const room = this.#filledIn.length * wide;
    this.#units = new Float64Array(room);
    this.#prices = new Float64Array(room);
    this.#times = new Float64Array(room);
    this.#change = new Float64Array(wide);
    this.#numbers = new Int32Array(wide);
    this.#adds = new Uint8Array(wide);
    this.#columns = emptyFills(room);
    this.instruments.forEach((instrument, i) => {
      this.#gather(instrument, i);
    });
    this.#weights = order.every((from, i) => from === i)
      ? weights
      : Float64Array.from({ length: room }, (_, cell) => {
          const i = cell % wide;
          return weights[cell - i + (order[i] as number)] as number;
        });
  }

  #gather({ bars, multiplier }: BacktestInstrument, i: number): void {
    const delay = this.#delay;
    const { close } = bars;
    const price = delay === 1 ? bars.open : close;
    const time = delay === 1 ? bars.opened : bars.known;
    const [wide, filledIn] = [this.#wide, this.#filledIn];
    const [units, prices, times] = [this.#units, this.#prices, this.#times];
    for (let row = 0, at = i; row < filledIn.length; row++, at += wide) {
      const bar = filledIn[row] as number;
      units[at] = (close[bar - delay] as number) * multiplier;
      prices[at] = price[bar] as number;
      times[at] = time[bar] as number;
    }
  }

  play(): void {
    const wide = this.#wide;
    const rows = this.#filledIn.length;
    const quantities = new Float64Array((rows + 1) * wide);
    const money = new Float64Array(rows + 1).fill(this.#money);
    for (let row = 0; row < rows; row++) {
      const held = quantities.subarray((row + 1) * wide, (row + 2) * wide);
      held.set(quantities.subarray(row * wide, (row + 1) * wide));
      this.#decide(row, held);
      this.#fillAll(row, held);
      money[row + 1] = this.#money;
    }
    const stretches: Stretches = { filledIn: this.#filledIn, quantities, money };
    markPositions(this.instruments, stretches, this);
    if (this.#rules.margin && !staysMaintained(this.instruments, stretches, this.#rules)) {
      this.doubtful = true;
    }
  }

  fills(): FillColumns {
    const cut = Object.entries(this.#columns).map(([name, column]) => [
      name,
      this.#count === column.length ? column : column.slice(0, this.#count),
    ]);
    return Object.fromEntries(cut);
  }

  /** The change of each quantity that the weights of a row ask for. */
  #decide(row: number, held: Float64Array): void {
    const first = row * this.#wide;
    // Summed in the order in which the event engine does.
    const units = this.#units;
    let equity = this.#money;
    for (let i = 0; i < held.length; i++) {
      const quantity = held[i] as number;
      if (quantity !== 0) equity += quantity * (units[first + i] as number);
    }
    for (let i = 0; i < held.length; i++) {
      const weight = this.#weights[first + i] as number;
      const before = held[i] as number;
      const isNone = weight === 0 || equity <= 0;
      if (Number.isNaN(units[first + i]) && (weight !== 0 || before !== 0)) this.unpriced = true;
      const wanted = isNone ? 0 : (weight * equity) / (units[first + i] as number);
      this.#change[i] = changeTo(wanted, before, this.#step[i] as number);
      this.#adds[i] = Math.abs(wanted) > Math.abs(before) ? 1 : 0;
    }
    this.#number();
  }

  /** Orders are numbered as they are placed: what is sold before what is bought. */
  #number(): void {
    for (const adds of [0, 1]) {
      for (let i = 0; i < this.#wide; i++) {
        if (this.#change[i] === 0 || this.#adds[i] !== adds) continue;
        this.#orders++;
        this.#numbers[i] = this.#orders;
      }
    }
  }

  /** What reduces positions comes first, so that its money is there. */
  #fillAll(row: number, held: Float64Array): void {
    const change = this.#change;
    const opens = this.#adds;
    for (let i = 0; i < change.length; i++) {
      opens[i] = (change[i] as number) * (held[i] as number) < 0 ? 0 : 1;
    }
    for (const now of [0, 1]) {
      for (let i = 0; i < change.length; i++) {
        if (change[i] !== 0 && opens[i] === now) this.#fill(row, i, held);
      }
    }
  }

  #fill(row: number, i: number, held: Float64Array): void {
    const cell = row * this.#wide + i;
    const multiplier = this.#multiplier[i] as number;
    const change = this.#change[i] as number;
    const sign = change > 0 ? 1 : -1;
    const rules = this.#rules;
    const marketPrice = this.#prices[cell] as number;
    if (Number.isNaN(marketPrice)) this.unpriced = true;
    const price = rules.priceOf(
      marketPrice,
      sign,
      (this.instruments[i] as BacktestInstrument).bars,
      this.#filledIn[row] as number,
    );
    const before = held[i] as number;
    const quantity = rules.quantityOf(
      sign,
      Math.abs(change),
      price,
      multiplier,
      this.#step[i] as number,
      this.#money,
      before,
    );
    if (quantity <= 0) return;
    const value = quantity * price * multiplier;
    const signed = sign * quantity;
    const commission = rules.commissionOf(quantity, value);
    this.#money -= signed * price * multiplier + commission;
    held[i] = before + signed;
    if (rules.margin) this.#checkInitial(row, i, held);
    const at = this.#count++;
    const columns = this.#columns;
    columns.order[at] = this.#numbers[i] as number;
    columns.instrument[at] = i;
    columns.moment[at] = this.#filledIn[row] as number;
    columns.at[at] = this.#times[cell] as number;
    columns.quantity[at] = signed;
    columns.price[at] = price;
    columns.marketPrice[at] = marketPrice;
    columns.value[at] = value;
    columns.commission[at] = commission;
    columns.slippage[at] = Math.abs(price - marketPrice) * quantity * multiplier;
  }

  /** After a fill of one, the others still being worth what they were at the close before. */
  #checkInitial(row: number, filled: number, held: Float64Array): void {
    const first = row * this.#wide;
    let equity = this.#money;
    let gross = 0;
    for (let i = 0; i < held.length; i++) {
      const price = (this.#prices[first + i] as number) * (this.#multiplier[i] as number);
      const value =
        (held[i] as number) * (i === filled ? price : (this.#units[first + i] as number));
      equity += value;
      gross += Math.abs(value);
    }
    if (!this.#rules.isSurelyMargined(equity, gross)) this.doubtful = true;
  }
}

const emptyFills = (count: number) => ({
  order: new Int32Array(count),
  instrument: new Int32Array(count),
  moment: new Int32Array(count),
  at: new Float64Array(count),
  quantity: new Float64Array(count),
  price: new Float64Array(count),
  marketPrice: new Float64Array(count),
  value: new Float64Array(count),
  commission: new Float64Array(count),
  slippage: new Float64Array(count),
});
