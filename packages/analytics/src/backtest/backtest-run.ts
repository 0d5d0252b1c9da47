import type { ParameterTable, Random, ValuesOf } from '@plimsoll/kernel';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { FillView, StrategyContext } from '../strategy/strategy-context.ts';
import { Account } from './account.ts';
import { Carry, marginCall } from './carry.ts';
import { contextOf } from './context.ts';
import { CorporateEvents } from './corporate-events.ts';
import { Desk } from './desk.ts';
import { GateKeeper } from './gate-keeper.ts';
import { type Holding, positionValue, type Waiting } from './holding.ts';
import { holdingsOf, viewsOf } from './holdings-of-run.ts';
import { writtenOut } from './late-text.ts';
import { type BacktestMarket, closesSession } from './market.ts';
import { Matcher } from './matcher.ts';
import { OptionExpiry } from './option-expiry.ts';
import { OrderBook } from './order-book.ts';
import { OrderLog } from './order-log.ts';
import { RatesOfRun } from './rates-of-run.ts';
import type { BacktestResult } from './result.ts';
import { resultOf } from './result-of-run.ts';
import { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
import { called, refusePromise, thrownAt } from './strategy-calls.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import type { Clock } from './views.ts';

/** Moments between two looks at whether to go on. */
const breath = 4096;

/** What the caller of a run may want to know and say on the way. */
export interface Accompanying {
  readonly onProgress?: (done: number, of: number) => void;
  readonly shouldStop?: () => boolean;
}

/** What is played. */
interface Playing {
  readonly strategy: Strategy;
  readonly state: unknown;
  /** Moments before the strategy decides anything. */
  readonly warmUp: number;
}

/** One run under way. */
export class BacktestRun {
  readonly #market: BacktestMarket;
  readonly #settings: BacktestSettings;
  readonly #timeline: Timeline;
  readonly #clock: Clock = { moment: -1, now: Number.NEGATIVE_INFINITY };
  readonly #log = new RunLog();
  readonly #holdings: readonly Holding[];
  readonly #orders = new OrderLog();
  readonly #waiting: Waiting = { count: 0, log: this.#orders };
  readonly #account: Account;
  readonly #gates: GateKeeper | null;
  readonly #book: OrderBook;
  readonly #matcher: Matcher;
  readonly #events: CorporateEvents;
  readonly #expiry: OptionExpiry;
  readonly #carry: Carry;
  readonly #rates: RatesOfRun;
  readonly #desk: Desk;
  /** The first moment at which the strategy may trade. */
  readonly #first: number;
  readonly #equity: Float64Array;
  readonly #cash: Float64Array;
  readonly #gross: Float64Array;
  readonly #net: Float64Array;
  readonly #maintenance: number;
  readonly #sameClose: boolean;
  #bars = 0;
  /** Whether a bar that has become known closes its session. */
  #closing = false;
  /** Fills that the strategy has not been told of. */
  #news: FillView[] = [];
  readonly context: StrategyContext<never>;

  constructor(
    market: BacktestMarket,
    settings: BacktestSettings,
    {
      tradeFrom,
      params,
      random,
    }: {
      readonly tradeFrom: number;
      readonly params: ValuesOf<ParameterTable>;
      readonly random: Random;
    },
  ) {
    this.#holdings = holdingsOf(market, settings, this.#waiting);
    const instruments = this.#holdings.map(({ instrument }) => instrument);
    this.#market = { ...market, instruments };
    this.#settings = settings;
    this.#timeline = timelineOf(instruments);
    const { base } = market;
    const [clock, log] = [this.#clock, this.#log];
    const account = new Account(settings, this.#holdings, { log, clock, base });
    this.#account = account;
    this.#gates = GateKeeper.needed(settings)
      ? new GateKeeper(settings, this.#holdings, account)
      : null;
    const book = new OrderBook({ clock, log, gates: this.#gates });
    this.#book = book;
    this.#matcher = new Matcher(settings, this.#holdings, { account, book });
    this.#events = new CorporateEvents(settings, this.#holdings, { account, book, log, base });
    this.#expiry = new OptionExpiry(this.#holdings, { account, book, log });
    if (this.#expiry.any && settings.options.earlyAssignment) {
      this.#events.onDividend = (held, { perUnit, at }) =>
        this.#expiry.beforeDividend(held, perUnit, at);
    }
    this.#carry = new Carry(settings, account);
    this.#rates = new RatesOfRun(base, market.rates, this.#holdings);
    const views = viewsOf(this.#holdings, clock);
    this.#desk = new Desk(settings, views, { book, account });
    this.context = contextOf(views, {
      params,
      random,
      base,
      clock,
      log,
      account,
      desk: this.#desk,
      market,
    });
    this.#maintenance = settings.account.kind === 'margin' ? settings.account.maintenance : 0;
    this.#sameClose = settings.execution === 'same-close';
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
  play(strategy: Strategy, params: ValuesOf<ParameterTable>, options: Accompanying): boolean {
    const { context } = this;
    const state = called('onStart', () => strategy.onStart(context));
    refusePromise('onStart', state);
    const warmUp = called('warmUp', () => strategy.warmUp?.(params) ?? 0);
    if (strategy.onFill) this.#tell();
    const playing = { strategy, state, warmUp };
    const alone = this.#isUndisturbed ? (this.#holdings[0] as Holding) : null;
    const { length } = this.#timeline.at;
    // In stretches, as a function that is called often is compiled better than a loop that goes on.
    for (let from = 0; from < length; from += breath) {
      if (options.shouldStop?.()) return false;
      options.onProgress?.(from, length);
      const until = Math.min(length, from + breath);
      if (alone === null) this.#playAll(playing, from, until);
      else this.#playAlone(alone, playing, from, until);
    }
    this.#end();
    return true;
  }

  /** Whether there is but one instrument, to which nothing happens, and money that stays as it is. */
  get #isUndisturbed(): boolean {
    const happens = this.#carry.counts || this.#events.any || this.#expiry.any || this.#rates.any;
    return this.#timeline.only && !happens;
  }

  #playAll({ strategy, state, warmUp }: Playing, from: number, until: number): void {
    const clock = this.#clock;
    const { at } = this.#timeline;
    for (let moment = from; moment < until; moment++) {
      clock.moment = moment;
      clock.now = at[moment] as number;
      this.#advance(moment);
      if (moment < this.#first) {
        this.#see(moment);
        continue;
      }
      this.#happen(moment);
      if (moment >= warmUp) this.#decide(strategy, state);
      this.#mark(moment);
    }
  }

  /**
   * The same for one instrument where nothing but its prices and orders can change anything: each bar
   * costs a call of the strategy and a mark, and no look at what cannot be.
   */
  #playAlone(
    held: Holding,
    { strategy, state, warmUp }: Playing,
    from: number,
    until: number,
  ): void {
    const { close, edges, session } = held.bars;
    const { at } = this.#timeline;
    const [clock, waiting, gates] = [this.#clock, this.#waiting, this.#gates];
    const first = this.#first;
    let newest = Number.NaN;
    this.#bars += until - from;
    for (let moment = from; moment < until; moment++) {
      clock.moment = moment;
      clock.now = at[moment] as number;
      held.row = moment;
      held.moment = moment;
      if (waiting.count > 0) this.#matcher.matchMoment(moment);
      const price = close[moment] as number;
      if (!Number.isNaN(price)) held.price = price;
      if (moment < first) continue;
      if (gates !== null && session[moment] !== newest) {
        newest = session[moment] as number;
        gates.enter(newest);
      }
      this.#closing = ((edges[moment] as number) & closesSession) !== 0;
      if (moment >= warmUp) this.#decide(strategy, state);
      this.#markAlone(held, moment - first);
    }
  }

  /** Lets the strategy hear of fills. */
  #tell(): void {
    this.#account.onFill = (order, { at, quantity, price }, commission) => {
      const view = Desk.viewOf(this.#desk, order);
      const { instrument, side } = view;
      this.#news.push({ order: view, instrument, at, side, quantity, price, commission });
    };
  }

  #advance(moment: number): void {
    this.#closing = false;
    if (this.#timeline.only) {
      this.#arrive(this.#holdings[0] as Holding, moment, moment);
      return;
    }
    const { start, instrument, row } = this.#timeline;
    const until = start[moment + 1] as number;
    for (let entry = start[moment] as number; entry < until; entry++) {
      this.#arrive(
        this.#holdings[instrument[entry] as number] as Holding,
        row[entry] as number,
        moment,
      );
    }
  }

  #arrive(held: Holding, row: number, moment: number): void {
    held.row = row;
    held.moment = moment;
    if (((held.bars.edges[row] as number) & closesSession) !== 0) this.#closing = true;
    this.#bars++;
  }

  /** What the world does between the last moment and this one, and what becomes of orders. */
  #happen(moment: number): void {
    const { now } = this.#clock;
    if (this.#carry.counts) this.#carry.accrue(now);
    if (this.#events.any) this.#events.advance(moment, now);
    if (this.#waiting.count > 0) this.#matcher.matchMoment(moment);
    this.#see(moment);
    if (this.#expiry.any) this.#expiry.advance(now);
    if (this.#gates !== null) this.#gates.enter(this.#session(moment));
  }

  /** Newest closes and rates: orders of this moment were carried out without them. */
  #see(moment: number): void {
    if (this.#timeline.only) priceAnew(this.#holdings[0] as Holding);
    else {
      const { start, instrument } = this.#timeline;
      const until = start[moment + 1] as number;
      for (let entry = start[moment] as number; entry < until; entry++) {
        priceAnew(this.#holdings[instrument[entry] as number] as Holding);
      }
    }
    if (this.#rates.any) this.#rates.advance(this.#clock.now);
  }

  #session(moment: number): number {
    const { only, start, instrument } = this.#timeline;
    const which = only ? 0 : (instrument[start[moment] as number] as number);
    const held = this.#holdings[which] as Holding;
    return held.bars.session[held.row] as number;
  }

  #decide(strategy: Strategy, state: unknown): void {
    if (this.#news.length > 0) this.#report(strategy, state);
    if (strategy.onBar) this.#call('onBar', strategy.onBar, state);
    if (this.#closing && strategy.onDayClose) this.#call('onDayClose', strategy.onDayClose, state);
    if (this.#sameClose && this.#waiting.count > 0) {
      this.#matcher.matchDecisions(this.#clock.moment);
      if (this.#news.length > 0) this.#report(strategy, state);
    }
  }

  #call(
    where: string,
    callback: (context: StrategyContext<never>, state: unknown) => void,
    state: unknown,
  ): void {
    try {
      const answer: unknown = callback(this.context, state);
      if (answer !== undefined) refusePromise(where, answer);
    } catch (error) {
      throw thrownAt(where, this.#clock.now, error);
    }
  }

  /** Fills that come of what `onFill` does are told next time. */
  #report(strategy: Strategy, state: unknown): void {
    const news = this.#news;
    this.#news = [];
    for (const fill of news) {
      try {
        refusePromise('onFill', strategy.onFill?.(this.context, state, fill));
      } catch (error) {
        throw thrownAt('onFill', this.#clock.now, error);
      }
    }
  }

  #mark(moment: number): void {
    const account = this.#account;
    const place = moment - this.#first;
    let gross = 0;
    let net = 0;
    const { held } = account;
    for (let i = 0; i < held.length; i++) {
      const each = held[i] as Holding;
      if (each.moment === moment) account.trades.watch(each);
      const value = positionValue(each);
      net += value;
      gross += Math.abs(value);
    }
    const equity = account.cash + account.receivable + net;
    this.#cash[place] = account.cash;
    this.#equity[place] = equity;
    this.#gross[place] = gross;
    this.#net[place] = net;
    if (this.#gates !== null) this.#gates.mark(equity);
    if (this.#maintenance > 0 && gross > 0) this.#watchMargin(equity, gross);
  }

  #markAlone(held: Holding, place: number): void {
    const account = this.#account;
    const { cash } = account;
    let equity = cash + account.receivable;
    this.#cash[place] = cash;
    if (held.quantity !== 0) {
      account.trades.watch(held);
      const value = positionValue(held);
      const gross = Math.abs(value);
      equity += value;
      this.#gross[place] = gross;
      this.#net[place] = value;
      if (this.#maintenance > 0 && gross > 0) this.#watchMargin(equity, gross);
    }
    this.#equity[place] = equity;
    if (this.#gates !== null) this.#gates.mark(equity);
  }

  #watchMargin(equity: number, gross: number): void {
    const account = this.#account;
    if (equity >= account.power.required(this.#maintenance, gross)) return;
    const { now } = this.#clock;
    marginCall(account, this.#maintenance, now, {
      log: this.#log,
      close: (held) => {
        this.#book.cancelOf(held, 'a margin call closes the position', ({ forced }) => !forced);
        if (held.orders.length > 0 || !held.alive) return;
        const [sign, quantity] = [held.quantity > 0 ? -1 : 1, Math.abs(held.quantity)] as const;
        this.#book.force({ held, sign, quantity, kind: 'margin-call', why: 'margin call' });
      },
    });
  }

  /** What is open when the data end is closed where that is asked for, and told in any case. */
  #end(): void {
    const last = this.#equity.length - 1;
    if (this.#settings.closeAtEnd && last >= 0) this.#closeAll(last);
    for (const { orders } of this.#holdings) {
      for (const order of orders) {
        const still = 'still open when the data ended';
        const before = writtenOut(order.reason);
        order.reason = before === '' ? still : `${before}; ${still}`;
        this.#orders.write(order);
        this.#log.add(this.#clock.now, 'order', `order ${order.id} is ${still}`);
      }
    }
  }

  #closeAll(last: number): void {
    const account = this.#account;
    for (const held of [...account.held]) {
      this.#book.cancelOf(held, 'the position was closed at the end');
      const [sign, quantity] = [held.quantity > 0 ? -1 : 1, Math.abs(held.quantity)] as const;
      const draft = { held, sign, quantity, kind: 'close-at-end', why: 'end of the data' } as const;
      const order = this.#book.force(draft);
      this.#account.execute(order, {
        at: this.#clock.now,
        quantity,
        price: held.price,
        marketPrice: held.price,
      });
    }
    this.#cash[last] = account.cash;
    this.#equity[last] = account.cash + account.receivable;
    this.#gross[last] = 0;
    this.#net[last] = 0;
  }

  result(): BacktestResult {
    return resultOf({
      base: this.#market.base,
      at: this.#timeline.at.slice(this.#first),
      equity: this.#equity,
      cash: this.#cash,
      gross: this.#gross,
      net: this.#net,
      bars: this.#bars,
      settings: this.#settings,
      marketNotes: this.#market.notes,
      holdings: this.#holdings,
      account: this.#account,
      matcher: this.#matcher,
      orders: this.#orders,
      log: this.#log,
      waiting: this.#waiting.count,
    });
  }
}

function priceAnew(held: Holding): void {
  const close = held.bars.close[held.row] as number;
  if (!Number.isNaN(close) && held.alive) held.price = close;
}
