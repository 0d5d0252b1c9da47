import { type ParameterTable, present, type Random, type ValuesOf } from '@plimsoll/kernel';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { InstrumentView, StrategyContext } from '../strategy/strategy-context.ts';
import { Account } from './account.ts';
import { adjustedColumns } from './adjusted-bars.ts';
import { type Holding, positionValue } from './holding.ts';
import { IndicatorsOfRun } from './indicators-of-run.ts';
import type { BacktestMarket } from './market.ts';
import { matchAtClose, matchMoment } from './match.ts';
import type { Order } from './order.ts';
import { OrderBook } from './order-book.ts';
import type { BacktestResult, OrderRecord } from './result.ts';
import { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
import { StrategyError } from './strategy-error.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { type Clock, InstrumentSight } from './views.ts';

/** Moments between two looks at whether to go on. */
const breath = 4096;

/** One run under way. */
export class BacktestRun {
  readonly #market: BacktestMarket;
  readonly #settings: BacktestSettings;
  readonly #timeline: Timeline;
  readonly #clock: Clock = { moment: -1, now: Number.NEGATIVE_INFINITY };
  readonly #log = new RunLog();
  readonly #holdings: readonly Holding[];
  readonly #views: readonly InstrumentView[];
  readonly #account: Account;
  readonly #book: OrderBook;
  /** The first moment at which the strategy may trade. */
  readonly #first: number;
  readonly #equity: Float64Array;
  readonly #cash: Float64Array;
  readonly #gross: Float64Array;
  readonly #net: Float64Array;
  #bars = 0;

  constructor(market: BacktestMarket, settings: BacktestSettings, tradeFrom: number) {
    // By id, so that nothing depends on the order in which instruments were given.
    const instruments = [...market.instruments].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#market = { ...market, instruments };
    this.#settings = settings;
    this.#timeline = timelineOf(instruments);
    const waiting = { count: 0 };
    this.#holdings = instruments.map((instrument, index) => ({
      index,
      instrument,
      bars: instrument.bars,
      signals: adjustedColumns(instrument.bars, instrument.events, settings.adjust),
      row: -1,
      moment: -1,
      alive: true,
      quantity: 0,
      averagePrice: Number.NaN,
      rate: 1,
      signal: Number.NaN,
      orders: [],
      waiting,
    }));
    this.#views = this.#holdings.map((held) => new InstrumentSight(held, this.#clock, null));
    const surroundings = { log: this.#log, clock: this.#clock };
    this.#account = new Account(settings, this.#holdings, surroundings);
    this.#book = new OrderBook(settings, this.#views, {
      ...surroundings,
      account: this.#account,
    });
    const { at } = this.#timeline;
    let first = 0;
    while (first < at.length && (at[first] as number) < tradeFrom) first++;
    this.#first = first;
    const moments = at.length - first;
    this.#equity = new Float64Array(moments);
    this.#cash = new Float64Array(moments);
    this.#gross = new Float64Array(moments);
    this.#net = new Float64Array(moments);
  }

  /** False where it was stopped. */
  play(
    strategy: Strategy,
    params: ValuesOf<ParameterTable>,
    random: Random,
    options: {
      readonly onProgress?: (done: number, of: number) => void;
      readonly shouldStop?: () => boolean;
    },
  ): boolean {
    const context = this.#context(params, random);
    const state = called('onStart', () => strategy.onStart(context));
    const warmUp = strategy.warmUp?.(params) ?? 0;
    const { onBar } = strategy;
    const { at } = this.#timeline;
    const clock = this.#clock;
    const sameClose = this.#settings.execution === 'same-close';
    for (let moment = 0; moment < at.length; moment++) {
      clock.moment = moment;
      clock.now = at[moment] as number;
      this.#advance(moment);
      if (moment < this.#first) continue;
      if (present(this.#holdings[0], 'an instrument').waiting.count > 0) {
        matchMoment(this.#holdings, this.#account, moment);
      }
      if (moment >= warmUp && onBar) {
        try {
          onBar(context, state);
        } catch (error) {
          throw new StrategyError(`onBar at ${new Date(clock.now).toISOString()}`, error);
        }
        if (sameClose) matchAtClose(this.#holdings, this.#account);
      }
      this.#mark(moment);
      if (moment % breath === 0) {
        if (options.shouldStop?.()) return false;
        options.onProgress?.(moment, at.length);
      }
    }
    return true;
  }

  #advance(moment: number): void {
    const { start, instrument, row } = this.#timeline;
    const until = start[moment + 1] as number;
    for (let entry = start[moment] as number; entry < until; entry++) {
      const held = this.#holdings[instrument[entry] as number] as Holding;
      held.row = row[entry] as number;
      held.moment = moment;
      this.#bars++;
    }
  }

  #mark(moment: number): void {
    const place = moment - this.#first;
    let gross = 0;
    let net = 0;
    for (const held of this.#account.held) {
      if (held.moment === moment) this.#account.trades.watch(held);
      const value = positionValue(held);
      net += value;
      gross += Math.abs(value);
    }
    this.#cash[place] = this.#account.cash;
    this.#equity[place] = this.#account.cash + net;
    this.#gross[place] = gross;
    this.#net[place] = net;
  }

  #context(params: ValuesOf<ParameterTable>, random: Random): StrategyContext<never> {
    const views = this.#views;
    const only = present(views[0], 'an instrument');
    const byId = new Map(views.map((view) => [view.id, view]));
    const indicators = new IndicatorsOfRun(only);
    const [account, clock, log] = [this.#account, this.#clock, this.#log];
    const { base } = this.#market;
    const portfolio = {
      get cash() {
        return account.cash;
      },
      get equity() {
        return account.equity();
      },
      base,
    };
    const context: StrategyContext<unknown> = {
      params,
      get now() {
        return clock.now;
      },
      get count() {
        return clock.moment + 1;
      },
      instruments: views,
      instrument: only,
      find: (id) => byId.get(id),
      portfolio,
      orders: this.#book,
      indicator: (id, given, options) => indicators.view(id, given, options),
      random,
      log: (message) => log.add(clock.now, 'strategy', String(message)),
    };
    return context as StrategyContext<never>;
  }

  result(): BacktestResult {
    return {
      base: this.#market.base,
      instrumentIds: this.#holdings.map(({ instrument }) => instrument.id),
      at: this.#timeline.at.slice(this.#first),
      equity: this.#equity,
      cash: this.#cash,
      gross: this.#gross,
      net: this.#net,
      started: this.#settings.cash,
      bars: this.#bars,
      fills: this.#account.fills.toColumns(),
      orders: this.#book.orders.map(recordOf),
      trades: [...this.#account.trades.trades, ...this.#account.trades.openTrades(positionValue)],
      costs: this.#account.totals,
      log: this.#log.lines,
      logLeftOut: this.#log.leftOut,
      notes: [...this.#market.notes],
    };
  }
}

function called<T>(where: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new StrategyError(where, error);
  }
}

const recordOf = (order: Order): OrderRecord => ({
  id: order.id,
  instrumentId: order.held.instrument.id,
  side: order.sign === 1 ? 'buy' : 'sell',
  kind: order.type.kind,
  quantity: order.quantity,
  filled: order.filled,
  averagePrice: order.filled > 0 ? order.paid / order.filled : null,
  submittedAt: order.submittedAt,
  doneAt: Number.isNaN(order.doneAt) ? null : order.doneAt,
  state: order.state,
  why: order.why,
  reason: order.reason,
});
