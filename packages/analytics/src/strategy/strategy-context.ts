import type { OrderState } from '@plimsoll/domain';
import type { Random } from '@plimsoll/kernel';

export type OrderSide = 'buy' | 'sell';

/** How long an order stands: for its session, until it is cancelled, at once or not at all. */
export type TimeInForce = 'day' | 'gtc' | 'ioc' | 'fok';

/** What kind of order; prices in the instrument's currency. */
export type OrderKind =
  | { readonly kind: 'market' }
  | { readonly kind: 'limit'; readonly limit: number }
  | { readonly kind: 'stop'; readonly stop: number }
  | { readonly kind: 'stop-limit'; readonly stop: number; readonly limit: number }
  /** Follows the best price since it was placed, at a distance of price or of a share of it. */
  | { readonly kind: 'trailing'; readonly by: number; readonly as: 'price' | 'share' }
  | { readonly kind: 'market-on-open' }
  | { readonly kind: 'market-on-close' };

export interface OrderRequest {
  readonly side: OrderSide;
  /** Above zero. */
  readonly quantity: number;
  readonly type?: OrderKind;
  /** `gtc` where it is left out. */
  readonly timeInForce?: TimeInForce;
  /** Why, in a few words; shown in the list of trades. */
  readonly why?: string;
  /** Orders placed when this one has filled, each for what has filled; the first to fill cancels the other. */
  readonly bracket?: { readonly stop?: number; readonly target?: number };
}

/** An order as its strategy sees it. */
export interface OrderView {
  readonly id: number;
  readonly instrument: InstrumentView;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly filled: number;
  readonly state: OrderState;
  /** Why it was rejected, expired or cancelled; empty otherwise. */
  readonly reason: string;
}

export interface FillView {
  readonly order: OrderView;
  readonly instrument: InstrumentView;
  /** Milliseconds. */
  readonly at: number;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly price: number;
  readonly commission: number;
}

export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume';

/**
 * One instrument, as far as it is known by now. Fields are those of its newest bar, as traded; NaN
 * before the first.
 */
export interface InstrumentView {
  readonly id: string;
  readonly currency: string;
  readonly multiplier: number;
  readonly sector: string | null;
  /** Null where it is no option. */
  readonly option: {
    readonly underlying: InstrumentView;
    readonly right: 'call' | 'put';
    readonly strike: number;
    readonly expires: number;
  } | null;
  /** Whether its newest bar became known at this very moment. */
  readonly fresh: boolean;
  /** Whether it can be traded still: not delisted, not expired. */
  readonly alive: boolean;
  /** Bars known so far. */
  readonly count: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** The close as indicators see it, past splits carried forward: what to compare with an indicator. */
  readonly adjustedClose: number;
  readonly volume: number;
  /** A field of the bar `ago` bars before the newest; NaN where there is none. */
  at(field: BarField, ago: number): number;
  /** When the bar `ago` bars before the newest became known, milliseconds; NaN where there is none. */
  knownAt(ago: number): number;
  /** The newest `count` values of a field, oldest first, copied; fewer where there are fewer. */
  last(field: BarField, count: number): Float64Array;
  /** Units held; below zero where sold short. */
  readonly position: number;
  /** Value of the position in base currency. */
  readonly value: number;
  /** Average price paid for what is held; NaN where nothing is. */
  readonly averagePrice: number;
}

export interface PortfolioView {
  /** In base currency. */
  readonly cash: number;
  /** Cash and positions at the newest closes, in base currency. */
  readonly equity: number;
  readonly base: string;
}

/** Values of an indicator, as far as they are known by now. */
export interface IndicatorView {
  /** Of the first output at the newest bar; NaN until there is one. */
  readonly value: number;
  /** Of an output, `ago` bars before the newest; NaN where there is none. */
  at(output: string, ago?: number): number;
}

export interface IndicatorOptions {
  /** The only instrument of the run where it is left out. */
  readonly of?: InstrumentView;
  /** The series that `value` stands for; the close where it is left out. */
  readonly field?: BarField;
  /** The closes of this instrument stand for `other`. */
  readonly other?: InstrumentView;
  /** Of a coarser timeframe of the run, whose bars are seen when they are complete. */
  readonly timeframe?: string;
}

/** What a strategy may do with orders. Whatever becomes of one is in its state and in the log. */
export interface OrderDesk {
  submit(instrument: InstrumentView, request: OrderRequest): OrderView;
  buy(instrument: InstrumentView, quantity: number, why?: string): OrderView;
  sell(instrument: InstrumentView, quantity: number, why?: string): OrderView;
  /** Two or more orders of which the first to fill cancels the others. */
  oneCancelsOther(
    requests: readonly (OrderRequest & { readonly instrument: InstrumentView })[],
  ): readonly OrderView[];
  cancel(order: OrderView, why?: string): void;
  cancelAll(instrument?: InstrumentView, why?: string): void;
  /** Those not done yet. */
  readonly open: readonly OrderView[];
  /** Trades towards `signal` (1 long, 0 flat, −1 short, or between) sized by the run's settings. */
  signal(instrument: InstrumentView, signal: number, why?: string): void;
  /** Trades towards a quantity held. */
  toQuantity(instrument: InstrumentView, quantity: number, why?: string): void;
  /** Trades towards a share of equity at the newest close. */
  toWeight(instrument: InstrumentView, weight: number, why?: string): void;
  /** Trades towards weights of equity; instruments not named are sold. Sells before buys. */
  rebalance(weights: ReadonlyMap<InstrumentView, number>, why?: string): void;
}

/**
 * What a strategy sees and can do at one moment. Nothing in it is stamped later than `now`; there is
 * no way to ask for it. The same context is given again at each call.
 */
export interface StrategyContext<Params> {
  readonly params: Params;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Moments so far, 1 at the first. */
  readonly count: number;
  /** By id; those that are not listed yet, or no more, among them. */
  readonly instruments: readonly InstrumentView[];
  /** The only one, or the first by id. */
  readonly instrument: InstrumentView;
  /** Undefined where the run has none of that id. */
  find(id: string): InstrumentView | undefined;
  readonly portfolio: PortfolioView;
  readonly orders: OrderDesk;
  /** To be asked for in `onStart`. Refused by a throw where there is no such indicator or parameter. */
  indicator(
    id: string,
    params?: Readonly<Record<string, unknown>>,
    options?: IndicatorOptions,
  ): IndicatorView;
  /**
   * What the model that the run names foretells: a chance or a number, NaN until there is one. To be
   * asked for in `onStart`; of the only instrument where it is left out. Throws where there is no model.
   */
  prediction(of?: InstrumentView): IndicatorView;
  /** Seeded by the run. */
  readonly random: Random;
  log(message: string): void;
}
