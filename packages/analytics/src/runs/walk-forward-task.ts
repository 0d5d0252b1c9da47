import { dayFromNumber, type Json, ok, type Result, refuse } from '@plimsoll/kernel';
import type { Trade } from '../backtest/result.ts';
import {
  type JudgedWindow,
  type PartRun,
  walkForwardConcurrently,
} from '../search/walk-forward.ts';
import { type WalkForwardReport, walkForwardReport } from '../search/walk-forward-report.ts';
import { type Part, walkForwardWindows } from '../search/walk-forward-windows.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { momentsOf } from './cut-market.ts';
import type { RunReport, WalkForwardPart } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { SearchEnded, scoreTrials, unlessEnded } from './score-trials.ts';
import { readSweep } from './sweep-search.ts';
import { groundOf, performanceOf, runTrial, type TrialGround, tradingDays } from './trial.ts';
import { doubtsOf } from './walk-forward-doubts.ts';
import { usedUnseen, walkForwardTrust } from './walk-forward-trust.ts';

type WalkForwardTask = RunTask & { readonly kind: 'walk-forward' };

const batch = 2048;

const carriedRefusal: Result<never> = refuse({
  code: 'walk-forward.windows',
  detail: 'positions: carried cannot be carried out in a run. Let each part begin and end flat.',
});

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
  options: CarryOutOptions,
): Promise<Result<RunOutcome>> {
  const { fresh, onProgress, shouldStop } = options;
  const read = readSweep(task.search, await fresh(), task.params);
  if (!read.ok) return read;
  const search = read.value;
  const days = tradingDays(momentsOf(task.market), task.tradeFrom);
  const windows = walkForwardWindows(days, task.windows);
  if (!windows.ok) return windows;
  if (windows.value.settings.positions === 'carried') return carriedRefusal;
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
  const trades = new Map<Part, readonly Trade[]>();
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
      run: async (params, part) => {
        const run = await partRun(on(part), params as Readonly<Record<string, Json>>);
        trades.set(part, run.trades);
        return run;
      },
    },
    { concurrency: 1, batch },
  );
  if (!judged.ok) return judged;
  const report = walkForwardReport(windows.value, judged.value, search.objective, search.space);
  const sets = tried.columns();
  const chosen = judged.value.findLast(({ picked }) => picked !== null)?.picked?.trial.parameters;
  const doubts = await doubtsOf({ task, options, whole, sets }, chosen);
  if (!doubts.ok) return doubts;
  const part: WalkForwardPart = {
    ...report,
    ...dailyOf(report, days),
    notes: [...report.notes, ...notesOn(report, task, await fresh())],
    trades: windows.value.windows.flatMap(({ outOfSample }) => trades.get(outOfSample) ?? []),
    trust: walkForwardTrust(report, doubts.value, sampleOf(report, days, judged.value)),
  };
  const outcome: RunReport = {
    kind: 'walk-forward',
    headline: headline(part),
    backtest: null,
    probe: doubts.value.probe,
    sweep: null,
    walkForward: part,
    notes: [],
  };
  return ok({ result: null, report: outcome, tried: sets });
}

/** The days out of sample, and what 1 has grown to by the end of each. */
function dailyOf(
  { bars, returns }: WalkForwardReport,
  days: Int32Array,
): Pick<WalkForwardPart, 'days' | 'growth'> {
  let growth = 1;
  return {
    days: bars.map((bar) => dayFromNumber(days[bar] as number)),
    growth: returns.map((one) => {
      growth *= 1 + one;
      return growth;
    }),
  };
}

/** Returns out of sample with the day of each. */
function sampleOf(
  { returns, bars }: WalkForwardReport,
  days: Int32Array,
  judged: readonly JudgedWindow[],
): ReturnSample {
  const [first] = judged.flatMap(({ outOfSample }) => outOfSample ?? []);
  return new ReturnSample({
    returns: Float64Array.from(returns),
    perYear: first?.perYear,
    days: bars.map((bar) => dayFromNumber(days[bar] as number)),
  });
}

/** What a reader must know of the choices, beside what the windows themselves say. */
function notesOn(
  { windows, outOfSample }: WalkForwardReport,
  { unseenFrom }: WalkForwardTask,
  { params }: Strategy,
): readonly string[] {
  const used = usedUnseen(windows, unseenFrom ?? null);
  const join =
    'join' in params
      ? ' Say join: true in params, so that a part enters where the signal stands already,'
      : ' Say';
  return [
    ...(outOfSample.trades === 0
      ? [
          `Nothing was traded out of sample: each part begins without positions, and no entry fell into one.${join}${'join' in params ? ' or' : ''} a longer outOfSample.`,
        ]
      : []),
    ...(used.length > 0
      ? [
          `The in-sample parts of windows ${used.join(', ')} reach beyond ${unseenFrom}: parameters were chosen by days that were to be unseen.`,
        ]
      : []),
  ];
}

async function partRun(
  ground: TrialGround,
  params: Readonly<Record<string, Json>>,
): Promise<PartRun<null> & { readonly trades: readonly Trade[] }> {
  const run = await runTrial(ground, params);
  if (!run.ok) throw new SearchEnded(run);
  return { ...performanceOf(run.value), state: null, trades: run.value.trades };
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
  const { annualReturn, sharpe, trades } = outOfSample;
  if (trades === 0) return 'Nothing was traded out of sample, so that nothing is known.';
  const year =
    annualReturn.value === null
      ? 'an unknown return'
      : `${(100 * annualReturn.value).toFixed(1)} % a year`;
  const ratio = sharpe.value === null ? '' : `, Sharpe ratio ${sharpe.value.toFixed(2)}`;
  const gained = Math.round((profitableWindows.value ?? 0) * windows.length);
  return `Out of sample ${year}${ratio}; ${gained} of ${windows.length} windows gained.`;
}
