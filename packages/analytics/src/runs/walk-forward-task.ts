import { dayFromNumber, type Json, ok, type Result, refuse } from '@plimsoll/kernel';
import { type PartRun, walkForwardConcurrently } from '../search/walk-forward.ts';
import { walkForwardReport } from '../search/walk-forward-report.ts';
import { type Part, walkForwardWindows } from '../search/walk-forward-windows.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { momentsOf } from './cut-market.ts';
import type { RunReport, WalkForwardPart } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { SearchEnded, scoreTrials, unlessEnded } from './score-trials.ts';
import { readSweep } from './sweep-search.ts';
import { groundOf, performanceOf, runTrial, type TrialGround, tradingDays } from './trial.ts';

type WalkForwardTask = RunTask & { readonly kind: 'walk-forward' };

const batch = 2048;

/**
 * Chooses parameters in sample and judges them in the part that follows, window by window. A part sees
 * the market up to its own last day and nothing later; what was known before warms it up.
 */
export function walkForward(
  task: WalkForwardTask,
  options: CarryOutOptions,
): Promise<Result<RunOutcome>> {
  return unlessEnded(() => walked(task, options));
}

async function walked(
  task: WalkForwardTask,
  { fresh, onProgress, shouldStop }: CarryOutOptions,
): Promise<Result<RunOutcome>> {
  const read = readSweep(task.search, await fresh(), task.params);
  if (!read.ok) return read;
  const search = read.value;
  const days = tradingDays(momentsOf(task.market), task.tradeFrom);
  const windows = walkForwardWindows(days, task.windows);
  if (!windows.ok) return windows;
  if (windows.value.settings.positions === 'carried') {
    const detail =
      'positions: carried cannot be carried out yet. Let each part begin and end flat.';
    return refuse({ code: 'walk-forward.windows', detail });
  }
  const first = search.searcher();
  if (!first.ok) return first;
  const total = windows.value.windows.length * first.value.total;
  const flat = { ...task.settings, closeAtEnd: true };
  const whole: TrialGround = {
    ...task,
    settings: flat,
    fresh,
    shouldStop,
    vector: task.strategy.kind === 'built-in',
  };
  const on = ({ firstDay, lastDay }: Part): TrialGround => groundOf(whole, firstDay, lastDay);
  const tried = new TriedSets();
  let done = 0;
  const judged = await walkForwardConcurrently<null>(
    {
      windows: windows.value,
      objective: search.objective,
      searcher: search.searcher,
      score: async (trials, part) => {
        const outcomes = await scoreTrials(trials, on(part), search.objective);
        tried.add(trials, outcomes);
        done += trials.length;
        onProgress({ done, of: total, doing: 'walking forward' });
        return outcomes;
      },
      run: (params, part) => partRun(on(part), params as Readonly<Record<string, Json>>),
    },
    { concurrency: 1, batch },
  );
  if (!judged.ok) return judged;
  const report = walkForwardReport(windows.value, judged.value, search.objective, search.space);
  let growth = 1;
  const part: WalkForwardPart = {
    ...report,
    days: report.bars.map((bar) => dayFromNumber(days[bar] as number)),
    growth: report.returns.map((one) => {
      growth *= 1 + one;
      return growth;
    }),
  };
  const outcome: RunReport = {
    kind: 'walk-forward',
    headline: headline(part),
    backtest: null,
    probe: null,
    sweep: null,
    walkForward: part,
    notes: [],
  };
  return ok({ result: null, report: outcome, tried: tried.columns() });
}

async function partRun(
  ground: TrialGround,
  params: Readonly<Record<string, Json>>,
): Promise<PartRun<null>> {
  const run = await runTrial(ground, params);
  if (!run.ok) throw new SearchEnded(run);
  return { ...performanceOf(run.value), state: null };
}

/** Distinct sets with the Sharpe ratio that each had last. */
class TriedSets {
  readonly #sets = new Map<
    string,
    { readonly params: Readonly<Record<string, Json>>; readonly sharpe: number }
  >();

  add(
    trials: Parameters<typeof scoreTrials>[0],
    outcomes: Awaited<ReturnType<typeof scoreTrials>>,
  ): void {
    for (const [i, { parameters, point }] of trials.entries()) {
      const params = parameters as Readonly<Record<string, Json>>;
      this.#sets.set(point.join(','), { params, sharpe: outcomes[i]?.sharpe ?? Number.NaN });
    }
  }

  columns(): NonNullable<RunOutcome['tried']> {
    const all = [...this.#sets.values()];
    return {
      params: all.map(({ params }) => params),
      sharpe: Float64Array.from(all, ({ sharpe }) => sharpe),
    };
  }
}

function headline({ outOfSample, windows, profitableWindows }: WalkForwardPart): string {
  const { annualReturn, sharpe } = outOfSample;
  const year =
    annualReturn.value === null
      ? 'an unknown return'
      : `${(100 * annualReturn.value).toFixed(1)} % a year`;
  const ratio = sharpe.value === null ? '' : `, Sharpe ratio ${sharpe.value.toFixed(2)}`;
  const gained = Math.round((profitableWindows.value ?? 0) * windows.length);
  return `Out of sample ${year}${ratio}; ${gained} of ${windows.length} windows gained.`;
}
