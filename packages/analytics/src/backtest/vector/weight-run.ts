import type { BacktestInstrument } from '../market.ts';
import type { FillColumns } from '../result.ts';
import type { BacktestSettings } from '../settings.ts';
import { changeTo, FillRules } from './fill-rules.ts';
import type { WeightRows } from './run-weights.ts';

/** Goes from one rebalance to the next, with positions and orders in columns. */
export class WeightRun {
  /** By id, as in the event engine. */
  readonly instruments: readonly BacktestInstrument[];
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Whether a margin call or rejection by margin may have happened, which only the event engine tells. */
  doubtful = false;
  readonly #order: readonly number[];
  readonly #rules: FillRules;
  readonly #delay: 0 | 1;
  #money: number;
  readonly #quantity: Float64Array;
  readonly #change: Float64Array;
  readonly #numbers: Int32Array;
  #orders = 0;
  #columns = emptyFills(0);
  #count = 0;

  constructor(instruments: readonly BacktestInstrument[], settings: BacktestSettings) {
    this.#order = instruments
      .map((_, i) => i)
      .sort((a, b) => ((instruments[a]?.id ?? '') < (instruments[b]?.id ?? '') ? -1 : 1));
    this.instruments = this.#order.map((i) => instruments[i] as BacktestInstrument);
    const bars = this.instruments[0]?.bars.known.length ?? 0;
    this.equity = new Float64Array(bars);
    this.cash = new Float64Array(bars);
    this.#rules = new FillRules(settings);
    this.#delay = settings.execution === 'same-close' ? 0 : 1;
    this.#money = settings.cash;
    this.#quantity = new Float64Array(instruments.length);
    this.#change = new Float64Array(instruments.length);
    this.#numbers = new Int32Array(instruments.length);
  }

  play({ bars, weights }: WeightRows): void {
    const wide = this.instruments.length;
    this.#columns = emptyFills(weights.length);
    let from = 0;
    for (let i = 0; i < bars.length; i++) {
      const bar = bars[i] as number;
      const fill = bar + this.#delay;
      if (fill >= this.equity.length) break;
      // Marked before, as orders are decided on by what is held until then.
      this.#mark(from, fill);
      this.#decide(bar, weights.subarray(i * wide, (i + 1) * wide));
      this.#fillAll(fill);
      from = fill;
    }
    this.#mark(from, this.equity.length);
  }

  fills(): FillColumns {
    const cut = Object.entries(this.#columns).map(([name, column]) => [
      name,
      column.slice(0, this.#count),
    ]);
    return Object.fromEntries(cut);
  }

  /** Equity and cash at the closes of [from, until), over which nothing is traded. */
  #mark(from: number, until: number): void {
    this.cash.fill(this.#money, from, until);
    const equity = this.equity.fill(0, from, until);
    this.instruments.forEach(({ bars, multiplier }, i) => {
      const quantity = this.#quantity[i] as number;
      if (quantity === 0) return;
      const { close } = bars;
      for (let bar = from; bar < until; bar++) {
        equity[bar] = (equity[bar] as number) + quantity * ((close[bar] as number) * multiplier);
      }
    });
    for (let bar = from; bar < until; bar++) {
      equity[bar] = this.#money + (equity[bar] as number);
    }
    if (this.#rules.margin) this.#checkMaintenance(from, Math.min(until + 1, equity.length));
  }

  /** The change of each quantity that the weights ask for at a close. */
  #decide(bar: number, weights: Float64Array): void {
    const equity = this.#equityAt(bar);
    this.instruments.forEach(({ bars, multiplier, step }, i) => {
      const weight = weights[this.#order[i] as number] as number;
      const unit = (bars.close[bar] as number) * multiplier;
      const wanted = weight === 0 ? 0 : (weight * equity) / unit;
      const change = changeTo(wanted, this.#quantity[i] as number, step);
      this.#change[i] = change;
      if (change !== 0) this.#numbers[i] = ++this.#orders;
    });
  }

  /** Summed in the order in which the event engine does. */
  #equityAt(bar: number): number {
    let sum = this.#money;
    this.instruments.forEach(({ bars, multiplier }, i) => {
      const quantity = this.#quantity[i] as number;
      if (quantity !== 0) sum += quantity * ((bars.close[bar] as number) * multiplier);
    });
    return sum;
  }

  /** What reduces positions comes first, so that its money is there. */
  #fillAll(bar: number): void {
    const change = this.#change;
    const adds = change.map((units, i) => (units * (this.#quantity[i] as number) < 0 ? 0 : 1));
    for (let i = 0; i < change.length; i++) if (adds[i] === 0) this.#fill(bar, i);
    for (let i = 0; i < change.length; i++) {
      if (adds[i] === 1 && change[i] !== 0) this.#fill(bar, i);
    }
    if (this.#rules.margin) this.#checkInitial(bar);
  }

  #fill(bar: number, i: number): void {
    const instrument = this.instruments[i] as BacktestInstrument;
    const { bars, multiplier } = instrument;
    const change = this.#change[i] as number;
    const sign = change > 0 ? 1 : -1;
    const rules = this.#rules;
    const marketPrice = (this.#delay === 1 ? bars.open : bars.close)[bar] as number;
    const price = rules.priceOf(marketPrice, sign);
    const held = this.#quantity[i] as number;
    const order = { sign, wanted: Math.abs(change), price } as const;
    const quantity = rules.quantityOf(order, instrument, { cash: this.#money, held });
    if (quantity <= 0) return;
    const value = quantity * price * multiplier;
    const signed = sign * quantity;
    const commission = rules.commissionOf(quantity, value);
    this.#money -= signed * price * multiplier + commission;
    this.#quantity[i] = held + signed;
    const at = this.#count++;
    const columns = this.#columns;
    columns.order[at] = this.#numbers[i] as number;
    columns.instrument[at] = i;
    columns.moment[at] = bar;
    columns.at[at] = (this.#delay === 1 ? bars.opened : bars.known)[bar] as number;
    columns.quantity[at] = signed;
    columns.price[at] = price;
    columns.marketPrice[at] = marketPrice;
    columns.value[at] = value;
    columns.commission[at] = commission;
    columns.slippage[at] = Math.abs(price - marketPrice) * quantity * multiplier;
  }

  #checkInitial(bar: number): void {
    const [equity, gross] = this.#worst(bar);
    if (!this.#rules.isSurelyMargined(equity, gross)) this.doubtful = true;
  }

  #checkMaintenance(from: number, until: number): void {
    if (this.#money >= 0 && this.#quantity.every((units) => units >= 0)) return;
    for (let bar = from; bar < until; bar++) {
      const [equity, gross] = this.#worst(bar);
      if (!this.#rules.isSurelyMaintained(equity, gross)) this.doubtful = true;
    }
  }

  /** Equity and the sum of positions where every price of a bar is the worst for what is held. */
  #worst(bar: number): readonly [number, number] {
    let equity = this.#money;
    let gross = 0;
    this.instruments.forEach(({ bars, multiplier }, i) => {
      const quantity = this.#quantity[i] as number;
      if (quantity === 0) return;
      const value = quantity * ((quantity > 0 ? bars.low : bars.high)[bar] as number) * multiplier;
      equity += value;
      gross += Math.abs(value);
    });
    return [equity, gross];
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
