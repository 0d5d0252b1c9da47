import { addDays, type Day, type SeriesInput } from '@plimsoll/kernel';
import type { BacktestResult } from '../backtest/result.ts';
import type { BenchmarkColumn } from '../runs/run-task.ts';

/** Places of the last moment of each day, UTC, and these days. */
export interface Closes {
  readonly days: readonly Day[];
  /** Into the moments of the result. */
  readonly places: Int32Array;
}

const dayMs = 86_400_000;

export const dayOf = (at: number): Day => new Date(at).toISOString().slice(0, 10);

/** The last moment of every day that has one. Cost: moments. */
export function dailyCloses(at: Float64Array): Closes {
  const days: Day[] = [];
  const places: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const next = at[i + 1];
    const day = Math.floor((at[i] as number) / dayMs);
    if (next !== undefined && Math.floor(next / dayMs) === day) continue;
    days.push(dayOf(at[i] as number));
    places.push(i);
  }
  return { days, places: Int32Array.from(places) };
}

/** Equity at the end of each day, begun with the cash at the start on the day before the first. */
export function equityLevels(result: BacktestResult, closes: Closes, name: string): SeriesInput {
  const [first] = closes.days;
  if (first === undefined) return { days: [], values: [], name, are: 'prices' };
  const values = Array.from(closes.places, (place) => result.equity[place] as number);
  return {
    days: [addDays(first, -1), ...closes.days],
    values: [result.started, ...values],
    name,
    are: 'prices',
  };
}

/** Levels of the benchmark as they were known at the same moments; null before the first. */
export function benchmarkLevels(
  { at, level, name }: BenchmarkColumn,
  result: BacktestResult,
  closes: Closes,
): SeriesInput {
  const [first] = closes.days;
  if (first === undefined) return { days: [], values: [], name, are: 'prices' };
  let next = 0;
  const knownAt = (moment: number): number | null => {
    while (next < at.length && (at[next] as number) <= moment) next++;
    return next === 0 ? null : (level[next - 1] as number);
  };
  const values = Array.from(closes.places, (place) => knownAt(result.at[place] as number));
  // A strategy holds nothing on its first day either: it has not decided anything before.
  const start = values[0] ?? null;
  return {
    days: [addDays(first, -1), ...closes.days],
    values: [start, ...values],
    name,
    are: 'prices',
  };
}
