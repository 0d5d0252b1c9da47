import { type Json, ok, type Result, refuse } from '@plimsoll/kernel';
import type { Neighbourhood } from '../backtest-report/report-input.ts';
import type { AxisValue } from '../search/axis.ts';
import { type HeatMap, heatMap as heatMapOf } from '../search/heat-map.ts';
import { type LuckReport, luckReport } from '../search/luck-report.ts';
import type { Performance } from '../search/objective.ts';
import { runSearchConcurrently, type SearchResult, type TriedTrial } from '../search/run-search.ts';
import { sensitivities } from '../search/sensitivity.ts';
import { type TrialDependence, trialDependence } from '../search/trial-dependence.ts';
import { countTrials, emptyLedger, recordTrials, type TrialCount } from '../search/trial-ledger.ts';
import { trialMatrix } from '../search/trial-matrix.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import { judgedBacktest, type SearchFacts } from './backtest-task.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { KeptReturns, overfittingOf } from './kept-returns.ts';
import { paramsText } from './params-text.ts';
import type { RunReport, SweepReport, TriedSet } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { SearchEnded, scoreTrials, unlessEnded } from './score-trials.ts';
import { hasUnseen, seenMarket } from './seen-market.ts';
import { readSweep, type SweepSearch } from './sweep-search.ts';
import { performanceOf, runTrial, type TrialGround } from './trial.ts';
import { triedElse } from './tried-else.ts';

type SweepTask = RunTask & { readonly kind: 'sweep' };

/** Trials handed over at once. */
const batch = 16_384;
/** Sets that are listed. */
const mostLeaders = 20;
/**
 * Searches for parameters on the days before those that nobody has looked at, and runs the best of them
 * over all days, to be looked at like any backtest.
 */
export function sweep(task: SweepTask, options: CarryOutOptions): Promise<Result<RunOutcome>> {
  return unlessEnded(async () => {
    const { fresh, onProgress } = options;
    const read = readSweep(task.search, await fresh(), task.params);
    if (!read.ok) return read;
    const search = read.value;
    const market = seenMarket(task);
    if (!market.ok) return market;
    const searcher = search.searcher();
    if (!searcher.ok) return searcher;
    const kept = new KeptReturns(searcher.value.total);
    const vector = task.strategy.kind === 'built-in';
    const ground: TrialGround = { ...task, ...options, market: market.value, vector };
    const found = await runSearchConcurrently(
      searcher.value,
      (trials) => scoreTrials(trials, ground, search.objective, kept),
      {
        concurrency: 1,
        batch,
        onProgress: (done, of) => onProgress({ done, of, doing: 'trying parameters' }),
      },
    );
    return reported(task, options, search, { found, kept, ground });
  });
}

interface Found {
  readonly found: SearchResult;
  readonly kept: KeptReturns;
  /** What was chosen on. */
  readonly ground: TrialGround;
}

async function reported(
  task: SweepTask,
  options: CarryOutOptions,
  search: SweepSearch,
  { found, kept, ground }: Found,
): Promise<Result<RunOutcome>> {
  const { best, trials } = found;
  if (best === null) {
    const why = trials[0]?.why ?? `all ${found.refused} sets were refused by the strategy`;
    return refuse({ code: 'run.no-value', detail: `No parameter set has a value: ${why}.` });
  }
  const { space, settings, objective } = search;
  const known = weighed(task, options, search, { trials, kept, best });
  const { facts, count, overfitting, heatMap } = known;
  const { chosenBefore = null } = facts;
  const chosen = await runTrial(ground, best.parameters as Readonly<Record<string, Json>>);
  if (!chosen.ok) throw new SearchEnded(chosen);
  const judged = await judgedBacktest(task, best.parameters, options, facts);
  if (!judged.ok) return judged;
  const { result, probe, report, notes } = judged.value;
  const sets = trials.map((trial) => setOf(trial, kept.perYear));
  const told: SweepReport = {
    objective: objective.title,
    method: settings.method,
    chosenBefore,
    trials: trials.length,
    refused: found.refused,
    undefinedTrials: found.undefinedTrials,
    size: found.size,
    stopped: found.stopped,
    best: setOf(best, kept.perYear),
    leaders: sets
      .filter(({ value }) => value !== null)
      .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
      .slice(0, mostLeaders),
    heatMap,
    sensitivity: sensitivities(space, trials),
    overfitting,
    luck: luckOf(performanceOf(chosen.value), count),
    notes: sweepNotes(kept, trials.length, chosenBefore),
  };
  const whole: RunReport = {
    kind: 'sweep',
    headline: headline(told),
    backtest: report,
    probe,
    sweep: told,
    walkForward: null,
    notes,
  };
  return ok({
    result,
    report: whole,
    tried: {
      params: trials.map(({ parameters }) => parameters),
      sharpe: Float64Array.from(trials, ({ sharpe }) => sharpe ?? Number.NaN),
    },
  });
}

/** What is known of a choice by all that was tried beside it. */
function weighed(
  task: SweepTask,
  options: CarryOutOptions,
  { space, objective }: SweepSearch,
  {
    trials,
    kept,
    best,
  }: Pick<Found, 'kept'> & Pick<SearchResult, 'trials'> & { readonly best: TriedTrial },
) {
  const matrix = trialMatrix(kept.series);
  const dependence = matrix.ok ? trialDependence(matrix.value, kept.series.length) : null;
  const overfitting = matrix.ok ? overfittingOf(matrix.value, kept) : null;
  const others = triedElse(
    task,
    trials.map(({ parameters }) => parameters),
    options,
  );
  const count = countOf(others, trials, dependence);
  const [across, down] = space.axes;
  const map = across && down ? heatMapOf(space, trials, down.name, across.name) : null;
  const facts: SearchFacts = {
    tried: {
      sets: count.tried,
      independent: Math.max(1, count.effective),
      variance: count.variance.value,
    },
    overfitting:
      overfitting === null
        ? null
        : { probability: overfitting.halves.probability, splits: overfitting.halves.splits },
    neighbourhood: map?.ok ? neighbourhoodOf(map.value, objective.title, best) : null,
    chosenBefore: (hasUnseen(task) ? task.unseenFrom : null) ?? null,
  };
  return { facts, count, overfitting, heatMap: map?.ok ? map.value : null };
}

/** All that was tried on these data, what was tried before among it. */
function countOf(
  others: Float64Array,
  trials: readonly TriedTrial[],
  dependence: TrialDependence | null,
): TrialCount {
  const before = Array.from(others, (sharpe, i) => ({
    parameters: { before: i },
    sharpe: Number.isFinite(sharpe) ? sharpe : null,
  }));
  const strategy = 'this';
  const data = 'these';
  const ledger = recordTrials(emptyLedger, {
    strategy,
    data,
    trials: [...before, ...trials],
    ...(dependence === null ? {} : { dependence }),
  });
  return countTrials(ledger, strategy, data);
}

function luckOf(performance: Performance, count: TrialCount): LuckReport {
  return luckReport(count, new ReturnSample(performance).sharpeEstimate, performance.perYear);
}

const setOf = ({ parameters, value, why, sharpe }: TriedTrial, perYear: number): TriedSet => ({
  params: parameters as Readonly<Record<string, Json>>,
  value,
  why: why ?? null,
  sharpe: sharpe === null || sharpe === undefined ? null : sharpe * Math.sqrt(perYear),
});

function neighbourhoodOf(map: HeatMap, figure: string, best: TriedTrial): Neighbourhood {
  const plain = (values: HeatMap['rows']) =>
    values.map((one) => (typeof one === 'number' ? one : String(one)));
  const row = map.rows.indexOf(best.parameters[map.rowName] as AxisValue);
  const column = map.columns.indexOf(best.parameters[map.columnName] as AxisValue);
  return {
    figure,
    across: { title: map.columnName, values: plain(map.columns) },
    down: { title: map.rowName, values: plain(map.rows) },
    cells: map.cells,
    chosen: row < 0 || column < 0 ? null : [row, column],
  };
}

function sweepNotes(
  { series }: KeptReturns,
  trials: number,
  chosenBefore: string | null,
): readonly string[] {
  return [
    ...(chosenBefore === null
      ? []
      : [
          `Parameters were chosen on the days before ${chosenBefore} alone; luck, overfitting and the heat map are of these too.`,
        ]),
    ...(series.length < trials
      ? [`Overfitting is measured on ${series.length} of ${trials} trials, evenly apart.`]
      : []),
  ];
}

function headline({ best, trials, objective, chosenBefore }: SweepReport): string {
  const when = chosenBefore === null ? '' : ` before ${chosenBefore}`;
  return `Of ${trials} parameter sets, ${paramsText(best.params)} has the best ${objective}${when}: ${best.value?.toPrecision(4)}.`;
}
