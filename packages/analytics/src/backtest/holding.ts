import type { OrderState } from '@plimsoll/domain';
import type {
  OrderKind,
  OrderRequest,
  OrderView,
  TimeInForce,
} from '../strategy/strategy-context.ts';
import type { AdjustedColumns } from './adjusted-bars.ts';
import type { LateText } from './late-text.ts';
import type { BacktestBars, BacktestInstrument, InstrumentEvent } from './market.ts';

/** The orders of all of a run, as far as an instrument has to know. */
export interface Waiting {
  /** Those not done yet. */
  count: number;
  /** Where those that are done are taken down; null where nobody wants to know. */
  readonly log: { write(order: Order): void } | null;
}

/** One instrument at the moment a run has come to: its newest bar, and what is held of it. */
export interface Holding {
  /** Place in the market's list. */
  readonly index: number;
  readonly instrument: BacktestInstrument;
  readonly bars: BacktestBars;
  /** What indicators see. */
  readonly signals: AdjustedColumns;
  /** Row of the newest bar known; −1 before the first. */
  row: number;
  /** Moment at which the newest bar became known. */
  moment: number;
  /** False once it is delisted or has expired. */
  alive: boolean;
  /** Units held; below zero where sold short. */
  quantity: number;
  /** Average price of what is held, in the instrument's currency. */
  averagePrice: number;
  /** The newest close that is known, in its currency; NaN before the first. */
  price: number;
  /** Base currency for a unit of the instrument's; NaN where none is known. */
  rate: number;
  /** The newest signal asked for; NaN before the first. */
  signal: number;
  /** Units of the newest bar that orders may still take. */
  volumeLeft: number;
  /** The moment whose bar `volumeLeft` is of. */
  volumeOf: number;
  /** Orders not done yet, by number. */
  readonly orders: Order[];
  readonly waiting: Waiting;
  /** What happens to it, by time, and the place of what happens next. */
  readonly events: readonly InstrumentEvent[];
  nextEvent: number;
  /** What an option may be exercised for; null for all else. */
  underlying: Holding | null;
}

/** How an order was filled within a bar, as far as what may follow in the same bar depends on it. */
export type FillMoment = 'open' | 'stop' | 'limit' | 'close';

/** An order in the book of a run. */
export interface Order {
  readonly id: number;
  readonly held: Holding;
  /** 1 to buy, −1 to sell. */
  readonly sign: 1 | -1;
  /** Grows with the entry that a bracket's order belongs to; changed by splits. */
  quantity: number;
  /** Prices in it are changed by splits. */
  type: OrderKind;
  /** What reports call it: its type, or what the run itself had to do. */
  readonly kind: string;
  readonly timeInForce: TimeInForce;
  readonly why: string;
  /** Milliseconds. */
  readonly submittedAt: number;
  /** Asked for as a target: a newer target of the same instrument takes its place. */
  readonly target: boolean;
  /** Asked for by a signal, which is forgotten where the order is rejected: said again it is asked anew. */
  readonly signalled: boolean;
  /** Placed by the run and not by the strategy: no gate and no lack of money holds it up. */
  readonly forced: boolean;
  bracket: NonNullable<OrderRequest['bracket']> | null;
  /** The entry whose position it closes: then it never opens one. */
  readonly exitOf: Order | null;
  /** Its stop and target, once it has filled. */
  exits: readonly Order[];
  /** Orders of which the first to fill cancels the others; itself among them. */
  group: readonly Order[];
  /** Of an exit placed within a bar: that bar and what came before it. */
  born: { readonly bar: number; readonly how: FillMoment; readonly price: number } | null;
  /** Whether its stop has been reached: it is a market order then, or a limit order. */
  triggered: boolean;
  /** Best price since it was placed, which a trailing stop follows. */
  best: number;
  /** Session in which it first could fill; NaN before. */
  session: number;
  filled: number;
  /** Sum of price × quantity of its fills. */
  paid: number;
  /** What it was charged so far, in base currency, and the value charged for. */
  commission: number;
  value: number;
  state: OrderState;
  reason: LateText;
  doneAt: number;
  view: OrderView | null;
}

/** An instrument of which nothing is known or held yet. */
export const newHolding = (
  instrument: BacktestInstrument,
  index: number,
  {
    signals = instrument.bars,
    waiting = { count: 0, log: null },
  }: { readonly signals?: AdjustedColumns; readonly waiting?: Waiting } = {},
): Holding => ({
  index,
  instrument,
  bars: instrument.bars,
  signals,
  row: -1,
  moment: -1,
  alive: true,
  quantity: 0,
  averagePrice: Number.NaN,
  price: Number.NaN,
  rate: 1,
  signal: Number.NaN,
  volumeLeft: Number.POSITIVE_INFINITY,
  volumeOf: -1,
  orders: [],
  waiting,
  events: [...instrument.events].sort((a, b) => a.at - b.at),
  nextEvent: 0,
  underlying: null,
});

/** Base currency for a point of price of one unit. */
export const pointValue = (held: Holding): number => held.instrument.multiplier * held.rate;

/** Value of one unit in base currency, at the newest close. */
export const unitValue = (held: Holding): number =>
  held.price * held.instrument.multiplier * held.rate;

/** Value of a position in base currency, at the newest close. */
export const positionValue = (held: Holding): number =>
  held.quantity === 0 ? 0 : held.quantity * unitValue(held);
