import { ok, type Result, readParameters, refuse } from '@plimsoll/kernel';
import type { Strategy } from '../../strategy/define-strategy.ts';
import type { BacktestInstrument, BacktestMarket } from '../market.ts';
import type { BacktestResult, FillColumns } from '../result.ts';
import type { BacktestSettings } from '../settings.ts';
import { signalColumn } from './crossing-signals.ts';
import { IndicatorRows } from './indicator-rows.ts';
import { SignalChanges } from './signal-changes.ts';
import { SignalWalk } from './signal-walk.ts';
import { VectorFills } from './vector-fills.ts';
import { tradesOf } from './vector-trades.ts';
import { whyNoSignals } from './why-no-signals.ts';

/** What the fast path gives of a backtest; each the same bits as the event engine's. */
export type VectorResult = Pick<
  BacktestResult,
  'base' | 'instrumentIds' | 'at' | 'equity' | 'cash' | 'started' | 'bars' | 'fills' | 'trades'
>;

const rowBytes = 2 ** 30;

/**
 * Runs the signals of a strategy of one instrument, without looking at the bars between their changes.
 * Reasons for trades are empty, as signals give none.
 *
 * @returns `run.parameters`; `sweep.not-fast` where the strategy has no signals, or the market, a setting
 *   or a possible margin call needs the event engine.
 */
export function runVector(
  strategy: Strategy,
  params: unknown,
  market: BacktestMarket,
  settings: BacktestSettings,
  { tradeFrom = Number.NEGATIVE_INFINITY }: { readonly tradeFrom?: number } = {},
): Result<VectorResult> {
  const why = settings.closeAtEnd ? 'closeAtEnd' : whyNoSignals(strategy, market, settings);
  if (why !== null) return notFast(why);
  const read = readParameters(strategy.params, params);
  const wrong = read.ok ? (strategy.check?.(read.value) ?? null) : read.fault.detail;
  if (!read.ok || wrong !== null) {
    return refuse({ code: 'run.parameters', detail: `${strategy.id}: ${wrong}` });
  }
  const [instrument] = market.instruments as readonly [BacktestInstrument];
  const { known, close } = instrument.bars;
  const from = known.findIndex((at) => at >= tradeFrom);
  const first = from < 0 ? known.length : from;
  const start = Math.max(first, strategy.warmUp?.(read.value) ?? 0);
  const column = signalColumn(
    strategy,
    new IndicatorRows(instrument.bars, first, rowBytes).input,
    read.value,
    start,
  );
  if (column?.length !== close.length) return notFast(`${column?.length} signals of as many bars`);
  const changes = new SignalChanges(close.length);
  changes.fromColumn(column, start);
  const walk = new SignalWalk(instrument, settings, first);
  const book = new VectorFills(
    settings.execution === 'same-close' ? known : instrument.bars.opened,
  );
  walk.book = book;
  walk.walk(changes.places, changes.signals, changes.count, null);
  if (walk.rejected && changes.repeats) {
    return notFast('orders that are turned down and asked for again');
  }
  if (walk.doubtful) return notFast('margin calls, and one may have happened');
  const fills = book.toColumns();
  return ok({
    base: market.base,
    instrumentIds: [instrument.id],
    at: known.slice(first),
    started: settings.cash,
    bars: known.length,
    fills,
    trades: tradesOf([instrument], fills),
    ...marked(walk.unit, {
      fills,
      cashAfter: book.cashAfter.toColumn(),
      first,
      started: settings.cash,
    }),
  });
}

/** Cash and equity at each close, from what was filled. */
function marked(
  unit: Float64Array,
  {
    fills,
    cashAfter,
    first,
    started,
  }: {
    readonly fills: FillColumns;
    readonly cashAfter: Float64Array;
    readonly first: number;
    readonly started: number;
  },
): { readonly cash: Float64Array; readonly equity: Float64Array } {
  const cash = new Float64Array(unit.length - first);
  const equity = new Float64Array(unit.length - first);
  let money = started;
  let quantity = 0;
  let from = first;
  for (let next = 0; next <= fills.moment.length; next++) {
    const until = next < fills.moment.length ? (fills.moment[next] as number) : unit.length;
    cash.fill(money, from - first, until - first);
    for (let row = from; row < until; row++) {
      equity[row - first] = quantity === 0 ? money : money + quantity * (unit[row] as number);
    }
    if (until === unit.length) break;
    from = until;
    quantity += fills.quantity[next] as number;
    money = cashAfter[next] as number;
  }
  return { cash, equity };
}

const notFast = (what: string) =>
  refuse({
    code: 'sweep.not-fast',
    detail: `The fast path does not know ${what}; the event engine does.`,
  });
