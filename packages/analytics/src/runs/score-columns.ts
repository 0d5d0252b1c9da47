import { ok, type Result } from '@plimsoll/kernel';
import { yearOf } from '../analysis/infer-periods.ts';
import { type ParameterColumns, parameterColumns } from '../backtest/vector/parameter-columns.ts';
import { openSweep, type SweepOptions } from '../backtest/vector/sweep.ts';
import {
  emptySweepColumns,
  type SweepColumns,
  sweepStatus,
} from '../backtest/vector/sweep-columns.ts';
import { dailyCloses } from '../backtest-report/daily-levels.ts';
import type { Objective } from '../search/objective.ts';
import type { Outcome, Trial } from '../search/searcher.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { TrialGround } from './trial.ts';

/** Objectives that the columns of a sweep have with the same definition. */
const columnOf = {
  sharpe: ({ sharpe }: SweepColumns, i: number) => sharpe[i] as number,
  'total-return': ({ totalReturn }: SweepColumns, i: number) => totalReturn[i] as number,
  'max-drawdown': ({ maxDrawdown }: SweepColumns, i: number) => -(maxDrawdown[i] as number),
} as const;

/** Sets × bars above which several threads are worth their start. */
const manyBars = 4_000_000;
/** Sets between two looks at whether to stop. */
const stretch = 256;

/**
 * Scores parameter sets all at once where the strategy is columns, the objective is one of theirs and
 * each day is one bar; null where it is not so. A set that has to be run one by one has no entry.
 */
export async function columnScores(
  trials: readonly Trial[],
  { fresh, market, settings, tradeFrom, vector, shouldStop, sweepColumns }: TrialGround,
  { settings: asked }: Objective,
): Promise<ReadonlyMap<number, Outcome> | null> {
  const value = columnOf[asked.objective as keyof typeof columnOf];
  const [only, another] = market.instruments;
  if (!vector || value === undefined || only === undefined || another !== undefined) return null;
  const known = only.bars.known.filter((at) => at >= tradeFrom);
  const { days } = dailyCloses(known);
  if (days.length !== known.length) return null;
  const { periodsPerYear: perYear } = yearOf(days, undefined);
  const sets = parameterColumns(trials.map(({ parameters }) => parameters));
  const strategy = await fresh();
  const options = { perYear, tradeFrom };
  const isLarge = trials.length * known.length >= manyBars;
  const columns =
    isLarge && sweepColumns !== undefined
      ? await sweepColumns({ strategyId: strategy.id, sets, market, settings, options })
      : sweptHere(strategy, sets, { market, settings, options, shouldStop });
  if (!columns.ok) return null;
  const found = new Map<number, Outcome>();
  for (const [i, { number }] of trials.entries()) {
    if (columns.value.status[i] !== sweepStatus.computed) continue;
    const why = tooFew(asked, known.length, columns.value.trades[i] as number);
    const score = value(columns.value, i);
    const sharpe = (columns.value.sharpe[i] as number) / Math.sqrt(perYear);
    found.set(number, {
      number,
      ...(why === null && Number.isFinite(score)
        ? { value: score }
        : { value: null, why: why ?? 'the returns do not vary' }),
      sharpe: Number.isFinite(sharpe) ? sharpe : null,
    });
  }
  return found;
}

interface Sweeping extends Pick<TrialGround, 'market' | 'settings' | 'shouldStop'> {
  readonly options: SweepOptions;
}

function sweptHere(
  strategy: Strategy,
  sets: ParameterColumns,
  { market, settings, options, shouldStop }: Sweeping,
): Result<SweepColumns> {
  const sweep = openSweep(strategy, sets, market, settings, options);
  if (!sweep.ok) return sweep;
  const columns = emptySweepColumns(sets.count);
  for (let from = 0; from < sets.count && !shouldStop(); from += stretch) {
    sweep.value.run(from, Math.min(sets.count, from + stretch), columns);
  }
  return ok(columns);
}

function tooFew(
  { minimumObservations, minimumTrades }: Objective['settings'],
  observations: number,
  trades: number,
): string | null {
  if (observations < minimumObservations) {
    return `needs ${minimumObservations} returns, has ${observations}`;
  }
  return trades < minimumTrades ? `needs ${minimumTrades} trades, has ${trades}` : null;
}
