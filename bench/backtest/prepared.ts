import {
  type BacktestSettings,
  backtestSettings,
  type ParameterColumns,
} from '@plimsoll/analytics/backtest';
import { strategies } from '@plimsoll/analytics/strategies';
import type { Strategy } from '@plimsoll/analytics/strategy';
import { type Result, readParameters } from '@plimsoll/kernel';

export function found<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

export const settingsOf = (given: Readonly<Record<string, unknown>>): BacktestSettings =>
  found(readParameters(backtestSettings, given));

export function strategyOf(wanted: string): Strategy {
  const all: readonly Strategy[] = strategies;
  const strategy = all.find(({ id }) => id === wanted);
  if (!strategy) throw new Error(`There is no strategy ${wanted}.`);
  return strategy;
}

/** 10,000 pairs: fast 2 … 101, each with slow 102 … 201. */
export function pairs(): ParameterColumns {
  const [fast, slow] = [new Float64Array(10_000), new Float64Array(10_000)];
  for (let i = 0; i < 10_000; i++) {
    fast[i] = 2 + Math.floor(i / 100);
    slow[i] = 102 + (i % 100);
  }
  return { count: 10_000, fixed: {}, columns: { fast, slow } };
}
