import type { Day, Result } from '@plimsoll/kernel';
import { ok } from '@plimsoll/kernel';
import { along, cell } from '../../analysis/cells.ts';
import { type Explained, figure } from '../../analysis/figure.ts';
import type { Cell, Chart, Figure, ReportTable } from '../../analysis/report.ts';
import type { LikelihoodRatio } from '../backtest.ts';
import type { Track } from '../book.ts';
import type { MethodOptions, RiskMethod } from '../risk-method.ts';
import {
  type BacktestResult,
  backtest,
  type RollingForecasts,
  rollingForecasts,
} from '../rolling-backtest.ts';
import { tailOf } from '../tail-risk.ts';
import { percent, type Section, section } from './section.ts';

export interface BacktestRequest {
  readonly level: number;
  readonly window: number;
  /** Days between new estimates. */
  readonly every: number;
  readonly options: MethodOptions;
}

/** GARCH is fitted anew this often at most in comparisons: a fit costs more than all else together. */
const sparsest = 20;

/** One method held against every day after its window, with all tests and the forecasts themselves. */
export function backtestSection(
  track: Track,
  method: RiskMethod,
  request: BacktestRequest,
): Result<Section> {
  const { level, window, every, options } = request;
  const forecasts = rollingForecasts(track.returns, method, level, {
    window,
    every,
    method: options,
  });
  if (!forecasts.ok) return forecasts;
  const tested = backtest(forecasts.value, level);
  if (!tested.ok) return tested;
  const days = track.days.slice(window);
  return ok(
    section({
      figures: figuresOf(tested.value, level),
      tables: [exceptionsTable(tested.value, forecasts.value, days)],
      charts: [forecastChart(forecasts.value, days)],
    }),
  );
}

/** Every method beside the others. */
export function methodsBacktest(
  track: Track,
  methods: readonly RiskMethod[],
  request: BacktestRequest,
): Section {
  const notes: string[] = [];
  const rows: Cell[][] = [];
  for (const method of methods) {
    const isSlow = method.id === 'garch-filtered';
    const every = isSlow ? Math.max(request.every, sparsest) : request.every;
    if (isSlow && every > request.every) {
      notes.push(
        `${method.title} is fitted anew every ${every} days only; its volatility moves each day.`,
      );
    }
    const forecasts = rollingForecasts(track.returns, method, request.level, {
      window: request.window,
      every,
      method: request.options,
    });
    const tested = forecasts.ok ? backtest(forecasts.value, request.level) : forecasts;
    if (!tested.ok || !forecasts.ok) {
      notes.push(`${method.title}: ${tested.ok ? '' : tested.fault.detail}`);
      continue;
    }
    rows.push(rowOf(method, tested.value, forecasts.value));
  }
  return section({ tables: [comparison(rows, request.level)], notes });
}

function rowOf(
  method: RiskMethod,
  result: BacktestResult,
  { valueAtRisk }: RollingForecasts,
): Cell[] {
  return [
    method.title,
    result.days,
    result.exceptions,
    result.exceptions / result.days,
    cell(valueAtRisk.reduce((sum, each) => sum + each, 0) / valueAtRisk.length),
    cell(result.coverage.p),
    cell(result.independence.p),
    cell(result.conditional.p),
    result.light.zone,
    cell(result.shortfall?.z1),
    cell(result.shortfall?.z2),
  ];
}

const comparison = (rows: readonly (readonly Cell[])[], level: number): ReportTable => ({
  id: 'backtests',
  title: `Backtest of every method at ${percent(level)} %`,
  columns: [
    { id: 'method', title: 'Method' },
    { id: 'days', title: 'Days', unit: 'count' },
    { id: 'exceptions', title: 'Exceptions', unit: 'count' },
    { id: 'rate', title: 'Rate', unit: 'fraction' },
    { id: 'mean-var', title: 'Mean VaR', unit: 'fraction' },
    { id: 'kupiec-p', title: 'Coverage, p', unit: 'fraction' },
    { id: 'independence-p', title: 'Independence, p', unit: 'fraction' },
    { id: 'conditional-p', title: 'Both, p', unit: 'fraction' },
    { id: 'zone', title: 'Traffic light' },
    { id: 'z1', title: 'Z₁', unit: 'number' },
    { id: 'z2', title: 'Z₂', unit: 'number' },
  ],
  rows,
});

const sources = {
  kupiec: 'P. Kupiec, Techniques for verifying the accuracy of risk measurement models, 1995',
  christoffersen: 'P. Christoffersen, Evaluating interval forecasts, 1998',
  basel: 'Basel Committee on Banking Supervision, Supervisory framework for backtesting, 1996',
  acerbi: 'C. Acerbi, B. Székely, Backtesting expected shortfall, 2014',
} as const;

const noException = 'there was no exception';

/** A likelihood ratio and its p. */
function ratio(
  id: string,
  title: string,
  test: LikelihoodRatio | null,
  explained: Explained,
): readonly Figure[] {
  return [
    figure(id, title, test?.statistic, { ...explained, why: noException }),
    figure(`${id}-p`, `${title}, p`, test?.p, {
      ...explained,
      unit: 'fraction',
      formula: 'probability of a statistic at least as large by chance',
      why: noException,
    }),
  ];
}

const figuresOf = (result: BacktestResult, level: number): readonly Figure[] => [
  figure('days', 'Days forecast', result.days, {
    unit: 'count',
    formula: 'n',
    source: sources.kupiec,
  }),
  figure('exceptions', 'Exceptions', result.exceptions, {
    unit: 'count',
    formula: 'x = number of days with r < −VaR',
    source: sources.kupiec,
  }),
  figure('expected-exceptions', 'Exceptions expected', result.days * tailOf(level), {
    formula: 'n (1 − level)',
    source: sources.kupiec,
  }),
  ...exceptionTests(result),
  ...shortfallTests(result),
];

const exceptionTests = (result: BacktestResult): readonly Figure[] => [
  ...ratio('kupiec', 'Proportion of failures', result.coverage, {
    formula: 'LR = −2 ln [αˣ (1 − α)^(n−x) ÷ (π̂ˣ (1 − π̂)^(n−x))], π̂ = x ÷ n, ~ χ²(1)',
    source: sources.kupiec,
  }),
  ...ratio('first-failure', 'Time until first failure', result.untilFirst, {
    formula: `LR = −2 ln [α (1 − α)^(v−1) ÷ ((1/v)(1 − 1/v)^(v−1))], v = ${result.firstException ?? 'none'}, ~ χ²(1)`,
    source: sources.kupiec,
  }),
  ...ratio('independence', 'Independence', result.independence, {
    formula:
      'LR = −2 ln [(1 − π)^(n00+n10) π^(n01+n11) ÷ ((1 − π01)^n00 π01^n01 (1 − π11)^n10 π11^n11)], ~ χ²(1)',
    source: sources.christoffersen,
  }),
  ...ratio('conditional', 'Conditional coverage', result.conditional, {
    formula: 'LR of coverage + LR of independence, ~ χ²(2)',
    source: sources.christoffersen,
  }),
  figure(
    'basel-probability',
    'Probability of as many exceptions or fewer',
    result.light.probability,
    {
      unit: 'fraction',
      formula: 'P(X ≤ x), X binomial (n, 1 − level)',
      source: sources.basel,
      note: `The traffic light is ${result.light.zone}.`,
    },
  ),
  figure('basel-multiplier', 'Basel multiplier', result.light.multiplier, {
    formula: 'table of the Committee',
    source: sources.basel,
    why: 'the table is for 250 days at 99 % only',
  }),
];

function shortfallTests({ shortfall }: BacktestResult): readonly Figure[] {
  const none = 'a forecast of CVaR was not positive';
  return [
    figure('z1', 'Acerbi–Székely Z₁', shortfall?.z1, {
      formula: 'mean of r ÷ CVaR over exceptions + 1',
      source: sources.acerbi,
      why: shortfall ? noException : none,
    }),
    figure('z2', 'Acerbi–Székely Z₂', shortfall?.z2, {
      formula: 'Σ I r ÷ (n α CVaR) + 1',
      source: sources.acerbi,
      why: none,
      note: 'Below −0.70 CVaR is rejected at 5 %.',
    }),
  ];
}

const exceptionsTable = (
  { hits }: BacktestResult,
  { returns, valueAtRisk, cvar }: RollingForecasts,
  days: readonly Day[],
): ReportTable => ({
  id: 'exceptions',
  title: 'Exceptions',
  columns: [
    { id: 'day', title: 'Day' },
    { id: 'return', title: 'Return', unit: 'fraction' },
    { id: 'var', title: 'VaR', unit: 'fraction' },
    { id: 'cvar', title: 'CVaR', unit: 'fraction' },
  ],
  rows: Array.from(hits.keys())
    .filter((t) => hits[t] === 1)
    .map((t) => [days[t] ?? t + 1, returns[t], cell(valueAtRisk[t]), cell(cvar[t])]),
});

const forecastChart = (
  { returns, valueAtRisk, cvar }: RollingForecasts,
  days: readonly Day[],
): Chart => ({
  id: 'forecasts',
  title: 'Returns and what was forecast for them',
  kind: 'line',
  x: along(days, returns.length),
  lines: [
    { name: 'return', values: [...returns] },
    { name: '−VaR', values: Array.from(valueAtRisk, (each) => cell(-each)) },
    { name: '−CVaR', values: Array.from(cvar, (each) => cell(-each)) },
  ],
  unit: 'fraction',
});
