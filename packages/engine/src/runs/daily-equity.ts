import type { BacktestResult } from '@plimsoll/analytics/backtest';
import { type Day, dayFromNumber } from '@plimsoll/kernel';

/** Equity at the last moment of each day, UTC. */
export interface DailyEquity {
  readonly days: readonly Day[];
  readonly equity: Float64Array;
  /** Simple returns of these days, the first of them over the cash at the start, shape [days]. */
  readonly returns: Float64Array;
}

const dayMs = 86_400_000;

/** Midnight is the end of a day: a bar of which only the day is known is known then. */
const dayAt = (at: number): number => Math.ceil(at / dayMs) - 1;

/** The equity of a result, day by day. */
export function dailyEquity({ at, equity, started }: BacktestResult): DailyEquity {
  const days: Day[] = [];
  const levels: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const day = dayAt(at[i] ?? 0);
    if (i + 1 < at.length && dayAt(at[i + 1] ?? 0) === day) continue;
    days.push(dayFromNumber(day));
    levels.push(equity[i] ?? Number.NaN);
  }
  const returns = Float64Array.from(levels, (level, i) => level / (levels[i - 1] ?? started) - 1);
  return { days, equity: Float64Array.from(levels), returns };
}
