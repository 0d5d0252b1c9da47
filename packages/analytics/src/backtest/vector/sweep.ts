import { ok, type Result, refuse } from '@plimsoll/kernel';
import { openSweepRows, pathState, type SweepRows } from '@plimsoll/quant/sweep';
import type { Crossing, IndicatorRow, Strategy } from '../../strategy/define-strategy.ts';
import type { BacktestInstrument, BacktestMarket } from '../market.ts';
import type { BacktestSettings } from '../settings.ts';
import { StrategyError } from '../strategy-error.ts';
import { IndicatorRows } from './indicator-rows.ts';
import {
  type ParameterColumns,
  type ParametersAt,
  readParameterColumns,
} from './parameter-columns.ts';
import { SignalChanges } from './signal-changes.ts';
import { SignalWalk } from './signal-walk.ts';
import { type SweepColumns, sweepStatus } from './sweep-columns.ts';
import { whyNoSignals } from './why-no-signals.ts';

export interface SweepOptions {
  /** `return` leaves out what needs the equity of every bar: Sharpe ratio and drawdown. */
  readonly figures?: 'return' | 'all';
  /** Bars a year; 252 unless said. */
  readonly perYear?: number;
  /** First moment at which anything may be decided, milliseconds. */
  readonly tradeFrom?: number;
  /** Room for the rows of indicators that are kept; 64 MiB unless said. */
  readonly rowBytes?: number;
}

const usualRowBytes = 64 * 2 ** 20;

/**
 * A strategy of one instrument over many parameter sets, each with the trades of the event engine. Made
 * once, and then run over any stretch of the sets, in any order.
 */
export class Sweep {
  readonly count: number;
  readonly #strategy: Strategy;
  readonly #parametersAt: ParametersAt;
  readonly #indicators: IndicatorRows;
  readonly #changes: SignalChanges;
  readonly #walk: SignalWalk;
  readonly #rows: SweepRows;
  readonly #mostRows: number;
  readonly #numbers = new Map<Float64Array, number>();
  #unitRow = -1;
  readonly #started: number;
  readonly #first: number;
  readonly #bars: number;
  readonly #perYear: number;
  readonly #all: boolean;
  /** Which of the strategy's functions is being called. */
  #where: string | null = null;

  constructor(
    strategy: Strategy,
    sets: { readonly count: number; readonly at: ParametersAt },
    instrument: BacktestInstrument,
    settings: BacktestSettings,
    { figures = 'all', perYear = 252, tradeFrom, rowBytes = usualRowBytes }: SweepOptions,
  ) {
    const { bars } = instrument;
    const n = bars.close.length;
    this.#strategy = strategy;
    this.count = sets.count;
    this.#parametersAt = sets.at;
    let first = 0;
    while (tradeFrom !== undefined && first < n && (bars.known[first] as number) < tradeFrom)
      first++;
    this.#indicators = new IndicatorRows(bars, first, rowBytes / 2);
    this.#changes = new SignalChanges(n);
    this.#walk = new SignalWalk(instrument, settings, first);
    this.#rows = openSweepRows(n);
    this.#mostRows = Math.max(3, Math.floor(rowBytes / 2 / (8 * Math.max(1, n))));
    this.#started = settings.cash;
    this.#first = first;
    this.#bars = n;
    this.#perYear = perYear;
    this.#all = figures === 'all';
  }

  /** Computes the sets [from, until) into the columns. Throws a StrategyError where the strategy does. */
  run(from: number, until: number, into: SweepColumns): void {
    try {
      for (let set = from; set < until; set++) this.#one(set, into);
    } catch (error) {
      if (this.#where === null) throw error;
      throw new StrategyError(this.#where, error);
    }
  }

  #one(set: number, into: SweepColumns): void {
    const params = this.#parametersAt(set) as never;
    this.#where = 'check';
    const wrong = this.#strategy.check?.(params);
    this.#where = null;
    if (wrong) {
      into.status[set] = sweepStatus.refused;
      return;
    }
    if (this.#rows.count + 3 > this.#mostRows) this.#forget();
    this.#findChanges(params);
    const { places, signals, count } = this.#changes;
    if (this.#all) this.#beginPath();
    const path = this.#all ? { rows: this.#rows, unitRow: this.#unitRow } : null;
    this.#walk.walk(places, signals, count, path);
    if (this.#walk.doubtful || (this.#walk.rejected && this.#changes.repeats))
      into.status[set] = sweepStatus.doubtful;
    else this.#write(set, into);
  }

  #findChanges(params: never): void {
    const strategy = this.#strategy;
    this.#where = 'warmUp';
    const start = Math.max(this.#first, strategy.warmUp?.(params) ?? 0);
    if (strategy.crossing) {
      this.#where = 'crossing';
      this.#findCrossings(strategy.crossing(params), start);
    } else {
      this.#where = 'signals';
      const column = strategy.signals?.(this.#indicators.input, params);
      if (column?.length !== this.#bars) {
        throw new RangeError(`${column?.length ?? 'no'} signals for ${this.#bars} bars`);
      }
      this.#changes.fromColumn(column, start);
    }
    this.#where = null;
  }

  #findCrossings({ fast, slow, below, starts }: Crossing, start: number): void {
    const x = this.#rowOf(fast);
    const y = this.#rowOf(slow);
    const count = this.#rows.crossings(this.#numberOf(x), this.#numberOf(y));
    const known = firstToldApart(x, y, start);
    this.#changes.fromCrossings(this.#rows.places, count, below, known, starts === 'known');
  }

  #rowOf({ indicator, params, output }: IndicatorRow): Float64Array {
    return this.#indicators.row(indicator, params, output);
  }

  /** The number of a row where the kernels can reach it. */
  #numberOf(row: Float64Array): number {
    const kept = this.#numbers.get(row);
    if (kept !== undefined) return kept;
    const number = this.#rows.add(row);
    this.#numbers.set(row, number);
    return number;
  }

  #forget(): void {
    this.#rows.clear();
    this.#numbers.clear();
    this.#unitRow = -1;
  }

  #beginPath(): void {
    if (this.#unitRow < 0) this.#unitRow = this.#rows.add(this.#walk.unit);
    const started = this.#started;
    const { path } = this.#rows;
    path.fill(0);
    path[pathState.last] = started;
    path[pathState.high] = started;
    path[pathState.low] = started;
  }

  #write(set: number, into: SweepColumns): void {
    const { equity, trades, heldBars, turnover } = this.#walk;
    const bars = this.#bars - this.#first;
    const years = bars / this.#perYear;
    const growth = equity / this.#started;
    into.totalReturn[set] = growth - 1;
    into.cagr[set] = growth >= 0 ? growth ** (1 / years) - 1 : Number.NaN;
    into.trades[set] = trades;
    into.timeInMarket[set] = heldBars / bars;
    into.turnover[set] = turnover / years;
    if (this.#all) this.#writePath(set, into, bars);
    into.status[set] = sweepStatus.computed;
  }

  #writePath(set: number, into: SweepColumns, bars: number): void {
    const { path } = this.#rows;
    const sum = at(path, pathState.sums) + at(path, pathState.sums + 1);
    const squares = at(path, pathState.squares) + at(path, pathState.squares + 1);
    const mean = sum / bars;
    const deviation = Math.sqrt(Math.max(0, squares - sum * mean) / (bars - 1));
    into.sharpe[set] =
      deviation > noSpread ? (Math.sqrt(this.#perYear) * mean) / deviation : Number.NaN;
    const unended = 1 - at(path, pathState.low) / at(path, pathState.high);
    into.maxDrawdown[set] = Math.max(at(path, pathState.fall), unended);
  }
}

/** Spread of returns that is nothing but rounding. */
const noSpread = 1e-14;

const at = (column: Float64Array, place: number): number => column[place] as number;

/** The first place from `start` on at which two rows differ and are both numbers; −1 where there is none. */
function firstToldApart(x: Float64Array, y: Float64Array, start: number): number {
  for (let i = start; i < x.length; i++) {
    if (at(x, i) > at(y, i) || at(x, i) < at(y, i)) return i;
  }
  return -1;
}

/**
 * Makes a sweep ready.
 *
 * @returns `sweep.not-fast` where the strategy has no signals or the market or a setting needs the event
 *   engine, `sweep.parameters` where a value is none that the strategy takes.
 */
export function openSweep(
  strategy: Strategy,
  sets: ParameterColumns,
  market: BacktestMarket,
  settings: BacktestSettings,
  options: SweepOptions = {},
): Result<Sweep> {
  const why = whyNoSignals(strategy, market, settings);
  if (why !== null) {
    const detail = `The fast path does not know ${why}; the event engine does.`;
    return refuse({ code: 'sweep.not-fast', detail });
  }
  const read = readParameterColumns(strategy.params, sets);
  if (!read.ok) return read;
  const [instrument] = market.instruments as readonly [BacktestInstrument];
  const parameters = { count: sets.count, at: read.value };
  return ok(new Sweep(strategy, parameters, instrument, settings, options));
}
