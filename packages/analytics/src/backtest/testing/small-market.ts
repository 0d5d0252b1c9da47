import { readParameters } from '@plimsoll/kernel';
import { defineStrategy, type Strategy } from '../../strategy/define-strategy.ts';
import type { FillView, StrategyContext } from '../../strategy/strategy-context.ts';
import type { BacktestBars, BacktestInstrument, BacktestMarket } from '../market.ts';
import type { BacktestResult } from '../result.ts';
import { type RunOptions, runBacktest } from '../run-backtest.ts';
import { type BacktestSettings, backtestSettings } from '../settings.ts';

export const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Open, high, low, close, and volume (1,000 where it is left out). */
export type Row = readonly [number, number, number, number, number?];

/** Daily bars from day 0 of 1970 on, open 09:00 to 17:00 UTC. */
export function dailyBars(rows: readonly Row[], firstDay = 0): BacktestBars {
  const from = Float64Array.from(rows, (_, i) => (firstDay + i) * dayMs);
  return {
    from,
    opened: from.map((at) => at + 9 * hourMs),
    known: from.map((at) => at + 17 * hourMs),
    session: from.map((at) => at / dayMs),
    edges: new Uint8Array(rows.length).fill(3),
    open: Float64Array.from(rows, (row) => row[0]),
    high: Float64Array.from(rows, (row) => row[1]),
    low: Float64Array.from(rows, (row) => row[2]),
    close: Float64Array.from(rows, (row) => row[3]),
    volume: Float64Array.from(rows, (row) => row[4] ?? 1000),
  };
}

/** Bars of equal length within one session a day, the given number a session. */
export function hourlyBars(rows: readonly Row[], perSession: number): BacktestBars {
  const daily = dailyBars(rows);
  const opened = Float64Array.from(rows, (_, i) => {
    const day = Math.floor(i / perSession);
    return day * dayMs + (9 + (i % perSession) * (8 / perSession)) * hourMs;
  });
  return {
    ...daily,
    from: opened,
    opened,
    known: opened.map((at) => at + (8 / perSession) * hourMs),
    session: opened.map((at) => Math.floor(at / dayMs)),
    edges: Uint8Array.from(rows, (_, i) => {
      const place = i % perSession;
      return (place === 0 ? 1 : 0) | (place === perSession - 1 ? 2 : 0);
    }),
  };
}

/** An instrument in base currency, traded in any fraction. */
export const instrument = (
  bars: BacktestBars,
  given: Partial<BacktestInstrument> = {},
): BacktestInstrument => ({
  id: 'A',
  currency: 'USD',
  multiplier: 1,
  step: 0,
  sector: null,
  option: null,
  finer: null,
  events: [],
  bars,
  ...given,
});

export const market = (
  instruments: readonly BacktestInstrument[],
  given: Partial<BacktestMarket> = {},
): BacktestMarket => ({ base: 'USD', instruments, rates: [], notes: [], ...given });

/** Settings with what is given, checked by their table. */
export function settings(given: Readonly<Record<string, unknown>> = {}): BacktestSettings {
  const read = readParameters(backtestSettings, given);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

export type Context = StrategyContext<Readonly<Record<string, unknown>>>;

/** What to do at which call of `onBar`, from 1. */
export type Script = Readonly<Record<number, (context: Context) => void>>;

/** A strategy that does what a script says. */
export const scripted = (
  script: Script | ((context: Context) => void),
  more: Partial<Pick<Strategy, 'warmUp'>> & {
    readonly onFill?: (context: Context, fill: FillView) => void;
    readonly onDayClose?: (context: Context) => void;
    readonly onStart?: (context: Context) => void;
  } = {},
): Strategy => {
  const { onFill, onDayClose, onStart, ...rest } = more;
  return defineStrategy({
    id: 'scripted',
    group: 'own',
    title: 'Scripted',
    summary: 'Does as it is told.',
    params: {},
    ...rest,
    onStart: (context) => {
      onStart?.(context);
      return null;
    },
    onBar: (context) => {
      if (typeof script === 'function') script(context);
      else script[context.count]?.(context);
    },
    ...(onFill ? { onFill: (context, _, fill) => onFill(context, fill) } : {}),
    ...(onDayClose ? { onDayClose: (context) => onDayClose(context) } : {}),
  });
};

/** The result of a run that must not be refused. */
export function played(
  strategy: Strategy,
  given: BacktestMarket,
  how: Readonly<Record<string, unknown>> = {},
  options: RunOptions = {},
): BacktestResult {
  const result = runBacktest(strategy, {}, given, settings(how), options);
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** Fills as `[units, price]`, in their order. */
export const fillsOf = ({ fills }: BacktestResult): readonly (readonly [number, number])[] =>
  Array.from(fills.quantity, (quantity, i) => [quantity, fills.price[i] as number] as const);
