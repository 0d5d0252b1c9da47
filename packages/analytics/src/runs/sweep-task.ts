import { type Json, ok, type Result, refuse } from '@plimsoll/kernel';
import type { Neighbourhood } from '../backtest-report/report-input.ts';
import type { AxisValue } from '../search/axis.ts';
import { type HeatMap, heatMap } from '../search/heat-map.ts';
import { type LuckReport, luckReport } from '../search/luck-report.ts';
import type { Performance } from '../search/objective.ts';
import { type OverfittingReport, overfittingReport } from '../search/overfitting-report.ts';
import { runSearchConcurrently, type SearchResult, type TriedTrial } from '../search/run-search.ts';
import type { Trial } from '../search/searcher.ts';
import { sensitivities } from '../search/sensitivity.ts';
import { type TrialDependence, trialDependence } from '../search/trial-dependence.ts';
import { countTrials, emptyLedger, recordTrials, type TrialCount } from '../search/trial-ledger.ts';
import { trialMatrix } from '../search/trial-matrix.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import { judgedBacktest, type SearchFacts } from './backtest-task.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { paramsText } from './params-text.ts';
import type { RunReport, SweepReport, TriedSet } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { type Keeping, scoreTrials, unlessEnded } from './score-trials.ts';
import { readSweep, type SweepSearch } from './sweep-search.ts';
import { performanceOf } from './trial.ts';

type SweepTask = RunTask & { readonly kind: 'sweep' };

/** Trials handed over at once. */
const batch = 16_384;
/** Sets that are listed. */
const mostLeaders = 20;
/** Trials whose returns are kept for the tests of overfitting: of more, so many evenly apart. */
const mostKept = 400;
/** Blocks of the symmetric halves; the paper has 16. */
const blocks = 16;

/** Searches for parameters and runs the best of them once more, to be looked at like any backtest. */
export function sweep(task: SweepTask, options: CarryOutOptions): Promise<Result<RunOutcome>> {
  return unlessEnded(async () => {
    const { fresh, onProgress } = options;
    const read = readSweep(task.search, await fresh(), task.params);
    if (!read.ok) return read;
    const search = read.value;
    const searcher = search.searcher();
    if (!searcher.ok) return searcher;
    const kept = new KeptReturns(searcher.value.total);
    const ground = { ...task, ...options, vector: task.strategy.kind === 'built-in' };
    const found = await runSearchConcurrently(
      searcher.value,
      (trials) => scoreTrials(trials, ground, search.objective, kept),
      {
        concurrency: 1,
        batch,
        onProgress: (done, of) => onProgress({ done, of, doing: 'trying parameters' }),
      },
    );
    return reported(task, options, search, { found, kept });
  });
}

async function reported(
  task: SweepTask,
  options: CarryOutOptions,
  { space, settings, objective }: SweepSearch,
  { found, kept }: { readonly found: SearchResult; readonly kept: KeptReturns },
): Promise<Result<RunOutcome>> {
  const { best, trials } = found;
  if (best === null) {
    const why = trials[0]?.why ?? `all ${found.refused} sets were refused by the strategy`;
    return refuse({ code: 'run.no-value', detail: `No parameter set has a value: ${why}.` });
  }
  const matrix = trialMatrix(kept.series);
  const dependence = matrix.ok ? trialDependence(matrix.value, kept.series.length) : null;
  const overfitting = matrix.ok ? overfittingOf(matrix.value, kept) : null;
  const count = countOf(task, trials, dependence);
  const [across, down] = space.axes;
  const map = across && down ? heatMap(space, trials, down.name, across.name) : null;
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
  };
  const judged = await judgedBacktest(task, best.parameters, options, facts);
  if (!judged.ok) return judged;
  const { result, probe, report, notes } = judged.value;
  const sets = trials.map((trial) => setOf(trial, kept.perYear));
  const told: SweepReport = {
    objective: objective.title,
    method: settings.method,
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
    heatMap: map?.ok ? map.value : null,
    sensitivity: sensitivities(space, trials),
    overfitting,
    luck: luckOf(performanceOf(result), count),
    notes: sweepNotes(kept, trials.length),
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

/** Returns of trials evenly apart. */
class KeptReturns implements Keeping {
  readonly series: Float64Array[] = [];
  readonly #every: number;
  perYear = 252;

  constructor(total: number) {
    this.#every = Math.max(1, Math.ceil(total / mostKept));
  }

  wants({ number }: Trial): boolean {
    return number % this.#every === 0;
  }

  take(_: Trial, { perYear, returns }: Performance): void {
    this.perYear = perYear;
    this.series.push(returns);
  }
}

function overfittingOf(matrix: Float64Array, kept: KeptReturns): OverfittingReport | null {
  const report = overfittingReport(matrix, kept.series.length, {
    blocks,
    perYear: kept.perYear,
    groups: 6,
    tested: 2,
    purging: { horizon: 0, embargo: 0 },
  });
  return report.ok ? report.value : null;
}

/** All that was tried on these data, what was tried before among it. */
function countOf(
  { triedBefore }: SweepTask,
  trials: readonly TriedTrial[],
  dependence: TrialDependence | null,
): TrialCount {
  const before = Array.from(triedBefore.sharpe, (sharpe, i) => ({
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

function sweepNotes({ series }: KeptReturns, trials: number): readonly string[] {
  return series.length < trials
    ? [`Overfitting is measured on ${series.length} of ${trials} trials, evenly apart.`]
    : [];
}

const headline = ({ best, trials, objective }: SweepReport): string =>
  `Of ${trials} parameter sets, ${paramsText(best.params)} has the best ${objective}: ${best.value?.toPrecision(4)}.`;
