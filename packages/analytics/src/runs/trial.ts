import { type Day, dayNumber, type Json, type Result } from '@plimsoll/kernel';
import { yearOf } from '../analysis/infer-periods.ts';
import { truncateMarket } from '../backtest/cut-market.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestResult } from '../backtest/result.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import type { BacktestSettings } from '../backtest/settings.ts';
import { runVector } from '../backtest/vector/run-vector.ts';
import { dailyCloses } from '../backtest-report/daily-levels.ts';
import type { Performance } from '../search/objective.ts';
import type { CarryOutOptions } from './carry-out-options.ts';

/** What parameter sets are tried on. */
export interface TrialGround
  extends Pick<CarryOutOptions, 'fresh' | 'shouldStop' | 'sweepColumns'> {
  readonly market: BacktestMarket;
  readonly settings: BacktestSettings;
  /** Milliseconds. */
  readonly tradeFrom: number;
  /**
   * Whether the strategy's columns may stand for its orders: of those that come with the product tests
   * hold both to be the same, of a user's own nobody knows.
   */
  readonly vector: boolean;
}

type Path = Pick<BacktestResult, 'at' | 'equity' | 'started' | 'trades'>;

/** One parameter set over a market, by the fast path where that gives the same. */
export async function runTrial(
  { fresh, market, settings, tradeFrom, vector, shouldStop }: TrialGround,
  params: Readonly<Record<string, Json>>,
): Promise<Result<Path>> {
  const strategy = await fresh();
  if (vector) {
    const fast = runVector(strategy, params, market, settings, { tradeFrom });
    if (fast.ok || fast.fault.code !== 'sweep.not-fast') return fast;
  }
  return runBacktest(strategy, params, market, settings, { tradeFrom, shouldStop });
}

/** The returns of the days of a path, the first over the cash at the start, and its trades. */
export function performanceOf({ at, equity, started, trades }: Path): Performance {
  const { days, places } = dailyCloses(at);
  const returns = new Float64Array(places.length);
  let before = started;
  for (const [i, place] of places.entries()) {
    const now = equity[place] as number;
    returns[i] = now / before - 1;
    before = now;
  }
  return {
    returns,
    perYear: yearOf(days, undefined).periodsPerYear,
    tradeGains: Float64Array.from(trades, ({ net }) => net),
  };
}

const dayMs = 86_400_000;

/** The days of a market on which anything becomes known, from a moment on. */
export function tradingDays(moments: Float64Array, from: number): Int32Array {
  const days: number[] = [];
  for (const at of moments) {
    const day = Math.floor(at / dayMs);
    if (at >= from && day !== days.at(-1)) days.push(day);
  }
  return Int32Array.from(days);
}

/** The same ground from one day to another, with what was known before to warm up on. */
export const groundOf = (ground: TrialGround, firstDay: Day, lastDay: Day): TrialGround => ({
  ...ground,
  market: truncateMarket(ground.market, (dayNumber(lastDay) + 1) * dayMs - 1),
  tradeFrom: Math.max(ground.tradeFrom, dayNumber(firstDay) * dayMs),
});

/** The same settings with all costs times a factor. */
export function costsTimes(settings: BacktestSettings, factor: number): BacktestSettings {
  const times = <T extends object>(given: T, names: readonly string[]): T =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        names.includes(name) && typeof value === 'number' ? value * factor : value,
      ]),
    ) as T;
  const { commission, slippage } = settings;
  const scaled =
    commission.kind === 'tiered'
      ? {
          ...times(commission, ['minimum']),
          tiers: commission.tiers.map((tier) => times(tier, ['bps'])),
        }
      : times(commission, ['bps', 'minimum', 'amount']);
  return {
    ...settings,
    commission: scaled,
    slippage: times(slippage, ['bps', 'spreadBps', 'impact', 'factor']),
    currencyBps: settings.currencyBps * factor,
  };
}
