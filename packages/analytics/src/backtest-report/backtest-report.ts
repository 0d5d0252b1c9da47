import { ok, type Result } from '@plimsoll/kernel';
import { yearOf } from '../analysis/infer-periods.ts';
import type { Chart, Figure, ReportTable, Sample } from '../analysis/report.ts';
import { assumptionsOf } from '../backtest/assumptions.ts';
import { type AlignedSample, alignedSample } from '../statistics/aligned-sample.ts';
import { monthlyHeat, monthlyTable, yearlyTable } from '../statistics/calendar-tables.ts';
import { figureOf } from '../statistics/figure-of.ts';
import { tools } from '../statistics/match/tools.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';
import { drawdownChart, growthChart, rollingChart } from '../statistics/sample-charts.ts';
import { type Activity, activityOf, type TradeFigures, tradeFigures } from './activity.ts';
import { costTable } from './cost-table.ts';
import { benchmarkLevels, dailyCloses, equityLevels } from './daily-levels.ts';
import { fallsTable } from './falls-table.ts';
import { headlineOf } from './headline.ts';
import { type Measure, measuresOf, rangeConvention } from './measures.ts';
import type { Neighbourhood, ReportInput } from './report-input.ts';
import { costChart, excursionChart, exposureChart, neighbourhoodChart } from './run-charts.ts';
import { settingsFacts } from './settings-facts.ts';
import { sharpeByTool } from './tool-table.ts';
import { orderTable, tradeFigureTable, tradeTable } from './trade-tables.ts';
import { type Trust, trustOf } from './trust.ts';

/** A run as its reader gets it: plain data, every figure with its formula and every null with its reason. */
export interface BacktestReport {
  readonly title: string;
  readonly headline: string;
  readonly strategy: ReportInput['strategy'];
  readonly params: ReportInput['params'];
  readonly base: string;
  readonly benchmarkName: string | null;
  readonly sample: Sample;
  readonly started: number;
  readonly ended: number;
  readonly unseenFrom: string | null;
  readonly measures: readonly Measure[];
  readonly activity: Activity;
  readonly tradeFigures: TradeFigures;
  readonly trust: Trust;
  /** Figures by another tool's conventions, where asked for. */
  readonly matched: { readonly tool: string; readonly figures: readonly Figure[] } | null;
  readonly neighbourhood: Neighbourhood | null;
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
  readonly conventions: readonly string[];
  /** What every bar was taken to mean, as far as it mattered, by their lasting numbers. */
  readonly assumptions: readonly {
    readonly number: number;
    readonly title: string;
    readonly text: string;
  }[];
  /** How it traded and what it was charged. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly notes: readonly string[];
}

/** Days of the rolling charts: half a year of trading. */
const window = 126;

/**
 * Reports on a run. The equity at the end of each day makes the returns that every figure rests on, the
 * first of them over the cash at the start.
 *
 * @returns `series.…` where the run is too short for a single return.
 */
export function backtestReport(input: ReportInput): Result<BacktestReport> {
  const { result, benchmark, settings } = input;
  const closes = dailyCloses(result.at);
  const { periodsPerYear, notes } = yearOf(closes.days, undefined);
  const aligned = alignedSample({
    series: equityLevels(result, closes, input.title),
    ...(benchmark ? { benchmark: benchmarkLevels(benchmark, result, closes) } : {}),
    riskFree: input.riskFree,
    periodsPerYear,
  });
  if (!aligned.ok) return aligned;
  const { sample } = aligned.value;
  const measures = measuresOf(sample, settings.seed);
  const measure = (id: string): Measure | undefined => measures.find((one) => one.id === id);
  const [cagr, fall] = [measure('cagr'), measure('max-drawdown')];
  const none = { value: null, why: 'it is not known' } as const;
  const activity = activityOf(result);
  const trades = tradeFigures(result.trades);
  const { costs } = result;
  return ok({
    title: input.title,
    headline: headlineOf({
      cagr: cagr?.strategy ?? none,
      total: measure('total-return')?.strategy ?? none,
      fall: fall?.strategy ?? none,
      benchmark: benchmark
        ? { cagr: cagr?.benchmark ?? none, fall: fall?.benchmark ?? none }
        : null,
      years: sample.periodYears,
      costs: costs.commission + costs.slippage,
      fills: result.fills.at.length,
    }),
    strategy: input.strategy,
    params: input.params,
    base: result.base,
    benchmarkName: aligned.value.benchmarkName,
    sample: { ...aligned.value.about, from: closes.days[0] ?? null },
    started: result.started,
    ended: result.equity.at(-1) ?? result.started,
    unseenFrom: input.unseenFrom,
    measures,
    activity,
    tradeFigures: trades,
    trust: trustOf(input, sample, cagr?.strategy ?? none),
    matched: matchedFigures(input, aligned.value),
    neighbourhood: input.neighbourhood,
    tables: tables(input, sample, activity, trades),
    charts: charts(input, aligned.value, closes),
    conventions: [
      ...aligned.value.conventions,
      'The return of a day is that of the equity at its last moment, UTC; the first is over the cash at the start.',
      rangeConvention(sample, settings.seed),
    ],
    assumptions: assumptionsOf(settings, input.market).map(({ number, title, text }) => ({
      number,
      title,
      text,
    })),
    facts: settingsFacts(settings),
    notes: [...result.notes, ...notes, ...aligned.value.notes, ...remarks(input)],
  });
}

function tables(
  { result }: ReportInput,
  sample: ReturnSample,
  activity: Activity,
  trades: TradeFigures,
): ReportTable[] {
  return [
    costTable(result, activity),
    tradeFigureTable(trades),
    fallsTable(sample, 5),
    yearlyTable(sample),
    monthlyTable(sample),
    sharpeByTool(sample),
    orderTable(result),
    tradeTable(result.trades),
  ];
}

function matchedFigures(
  { match }: ReportInput,
  { sample }: AlignedSample,
): BacktestReport['matched'] {
  if (match === null) return null;
  const figures = tools[match].figures
    .filter(({ metric: { needs } }) => needs.benchmark === undefined || sample.shared.benchmark)
    .map(({ name, metric }) => ({
      ...figureOf(metric, sample, tools[match].title),
      id: name,
      title: `${metric.title} (${name})`,
    }));
  return { tool: tools[match].title, figures };
}

function charts(
  input: ReportInput,
  aligned: AlignedSample,
  closes: ReturnType<typeof dailyCloses>,
): Chart[] {
  const { sample } = aligned;
  const rolling = ['sharpe', 'volatility'].map((id) => rollingChart(sample, id, window, aligned));
  return [
    growthChart(sample, aligned),
    fallChart(aligned),
    monthlyHeat(sample),
    exposureChart(input.result, closes),
    ...rolling.filter((chart) => chart !== null),
    costChart(input.result, closes),
    excursionChart(input.result),
    ...(input.neighbourhood ? [neighbourhoodChart(input.neighbourhood)] : []),
  ];
}

/** Falls from the peak, the benchmark's beside where it has the same days. */
function fallChart(aligned: AlignedSample): Chart {
  const own = drawdownChart(aligned.sample, aligned);
  const { benchmark } = aligned.sample;
  if (!benchmark) return own;
  const name = aligned.benchmarkName ?? 'benchmark';
  const beside = drawdownChart(benchmark, { name, benchmarkName: null });
  return { ...own, kind: 'line', lines: [...own.lines, ...beside.lines] };
}

function remarks({ result, settings }: ReportInput): string[] {
  const notes: string[] = [];
  if (settings.execution === 'same-close') {
    notes.push('Orders were filled at the very close they were decided on, which nobody can do.');
  }
  const done: readonly string[] = ['filled', 'cancelled', 'rejected', 'expired'];
  const open = result.orders.filter(({ state }) => !done.includes(state)).length;
  if (open > 0) notes.push(`${open} orders were still waiting at the end.`);
  const rejected = result.orders.filter(({ state }) => state === 'rejected').length;
  if (rejected > 0) notes.push(`${rejected} orders were rejected; the list of orders says why.`);
  if (result.logLeftOut > 0) notes.push(`${result.logLeftOut} lines of the log were left out.`);
  return notes;
}
