import type {
  BarField,
  IndicatorView,
  InstrumentView,
  OrderView,
} from '../strategy/strategy-context.ts';
import { type Holding, type Order, positionValue } from './holding.ts';
import { writtenOut } from './late-text.ts';

/** What stands behind a view; undefined for what is none. Known to the engine, not to strategies. */
let behindInstrument: (view: InstrumentView) => Holding | undefined;
let behindOrder: (view: OrderView) => Order | undefined;

export const holdingOf = (view: InstrumentView): Holding => {
  const held = behindInstrument(view);
  if (!held) throw new TypeError('An instrument of this run is asked for.');
  return held;
};

export const orderOf = (view: OrderView): Order => {
  const order = behindOrder(view);
  if (!order) throw new TypeError('An order of this run is asked for.');
  return order;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What is the same for all views of a run. */
export interface Clock {
  /** Number of the moment that the run has come to. */
  moment: number;
  /** Milliseconds. */
  now: number;
}

/**
 * An instrument as its strategy sees it. What it looks at is private: there is no way from a view to a
 * column, and so none to what is later than the newest row.
 */
export class InstrumentSight implements InstrumentView {
  readonly #held: Holding;
  readonly #clock: Clock;
  readonly id: string;
  readonly currency: string;
  readonly multiplier: number;
  readonly sector: string | null;
  readonly option: InstrumentView['option'];

  static {
    behindInstrument = (view) => (isObject(view) && #held in view ? view.#held : undefined);
  }

  constructor(held: Holding, clock: Clock, option: InstrumentView['option']) {
    this.#held = held;
    this.#clock = clock;
    const { id, currency, multiplier, sector } = held.instrument;
    this.id = id;
    this.currency = currency;
    this.multiplier = multiplier;
    this.sector = sector;
    this.option = option;
  }

  get fresh(): boolean {
    return this.#held.moment === this.#clock.moment;
  }
  get alive(): boolean {
    return this.#held.alive;
  }
  get count(): number {
    return this.#held.row + 1;
  }
  get open(): number {
    return this.#held.bars.open[this.#held.row] ?? Number.NaN;
  }
  get high(): number {
    return this.#held.bars.high[this.#held.row] ?? Number.NaN;
  }
  get low(): number {
    return this.#held.bars.low[this.#held.row] ?? Number.NaN;
  }
  get close(): number {
    return this.#held.bars.close[this.#held.row] ?? Number.NaN;
  }
  get adjustedClose(): number {
    return this.#held.signals.close[this.#held.row] ?? Number.NaN;
  }
  get volume(): number {
    return this.#held.bars.volume[this.#held.row] ?? Number.NaN;
  }
  at(field: BarField, ago: number): number {
    // A bar of the future is asked for with a number below zero.
    if (!(ago >= 0)) return Number.NaN;
    return columnOf(this.#held, field)[this.#held.row - ago] ?? Number.NaN;
  }
  knownAt(ago: number): number {
    return ago >= 0 ? (this.#held.bars.known[this.#held.row - ago] ?? Number.NaN) : Number.NaN;
  }
  last(field: BarField, count: number): Float64Array {
    const until = this.#held.row + 1;
    const from = Math.max(0, until - Math.max(0, Math.trunc(count)));
    const column = columnOf(this.#held, field);
    // Copied by hand: a strategy could have replaced `slice` and would be shown the whole column.
    const copy = new Float64Array(until - from);
    for (let i = from; i < until; i++) copy[i - from] = column[i] as number;
    return copy;
  }
  get position(): number {
    return this.#held.quantity;
  }
  get value(): number {
    return positionValue(this.#held);
  }
  get averagePrice(): number {
    return this.#held.quantity === 0 ? Number.NaN : this.#held.averagePrice;
  }
}

function columnOf({ bars }: Holding, field: BarField): Float64Array {
  switch (field) {
    case 'open':
      return bars.open;
    case 'high':
      return bars.high;
    case 'low':
      return bars.low;
    case 'volume':
      return bars.volume;
    default:
      return bars.close;
  }
}

/** Where an indicator's newest value stands. */
export interface Rows {
  readonly row: number;
}

/** Values of an indicator up to the newest row. */
export class IndicatorSight implements IndicatorView {
  readonly #rows: Rows;
  readonly #names: readonly string[];
  readonly #first: Float64Array;
  readonly #columns: readonly Float64Array[];

  constructor(rows: Rows, names: readonly string[], columns: readonly Float64Array[]) {
    this.#rows = rows;
    this.#names = names;
    this.#columns = columns;
    this.#first = columns[0] ?? new Float64Array(0);
  }

  get value(): number {
    return this.#first[this.#rows.row] ?? Number.NaN;
  }
  at(output: string, ago = 0): number {
    if (!(ago >= 0)) return Number.NaN;
    const column = this.#columns[this.#names.indexOf(output)];
    if (!column) {
      throw new RangeError(`There is no output "${output}"; there are ${this.#names.join(', ')}.`);
    }
    return column[this.#rows.row - ago] ?? Number.NaN;
  }
}

/** An order as its strategy sees it. */
export class OrderSight implements OrderView {
  readonly #order: Order;
  readonly instrument: InstrumentView;

  static {
    behindOrder = (view) => (isObject(view) && #order in view ? view.#order : undefined);
  }

  constructor(order: Order, instrument: InstrumentView) {
    this.#order = order;
    this.instrument = instrument;
  }

  get id(): number {
    return this.#order.id;
  }
  get side(): OrderView['side'] {
    return this.#order.sign === 1 ? 'buy' : 'sell';
  }
  get quantity(): number {
    return this.#order.quantity;
  }
  get filled(): number {
    return this.#order.filled;
  }
  get state(): OrderView['state'] {
    return this.#order.state;
  }
  get reason(): string {
    return writtenOut(this.#order.reason);
  }
}
