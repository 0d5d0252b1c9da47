import type { Day, Result } from '@plimsoll/kernel';
import { ok } from '@plimsoll/kernel';
import type { Cell, Chart, Figure, ReportTable } from '../../analysis/report.ts';
import type { Track } from '../book.ts';
import type { MethodOptions, RiskMethod } from '../risk-methods.ts';
import {
  type BacktestResult,
  backtest,
  type RollingForecasts,
  rollingForecasts,
} from '../rolling-backtest.ts';
import { tailOf } from '../tail-risk.ts';
import { percent, type Section, section, shown } from './section.ts';

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
      notes.push(`${method.title} is estimated anew every ${every} days only.`);
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
    shown(valueAtRisk.reduce((sum, each) => sum + each, 0) / valueAtRisk.length),
    shown(result.coverage.p),
    shown(result.independence.p),
    shown(result.conditional.p),
    result.light.zone,
    shown(result.shortfall?.z1),
    shown(result.shortfall?.z2),
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

function figuresOf(result: BacktestResult, level: number): readonly Figure[] {
  const kupiec =
    'P. Kupiec, Techniques for verifying the accuracy of risk measurement models, 1995';
  const christoffersen = 'P. Christoffersen, Evaluating interval forecasts, 1998';
  const basel = 'Basel Committee on Banking Supervision, 1996';
  const acerbi = 'C. Acerbi, B. Székely, Backtesting expected shortfall, 2014';
  const tail = tailOf(level);
  const noException = 'there was no exception';
  const noShortfall = 'a forecast of CVaR was not positive';
  const { coverage, independence, conditional, untilFirst, light, shortfall } = result;
  const figure = (
    id: string,
    title: string,
    value: number | null | undefined,
    rest: { formula: string; source: string; unit?: Figure['unit']; why?: string; note?: string },
  ): Figure => {
    const { why, note, unit = 'number', formula, source } = rest;
    const known = shown(value);
    return {
      id,
      title,
      value: known,
      ...(known === null ? { why: why ?? noException } : {}),
      unit,
      formula,
      source,
      ...(note === undefined ? {} : { note }),
    };
  };
  const lr = 'LR = −2 ln (L₀ ÷ L₁)';
  return [
    figure('days', 'Days forecast', result.days, { unit: 'count', formula: 'n', source: kupiec }),
    figure('exceptions', 'Exceptions', result.exceptions, {
      unit: 'count',
      formula: 'x = number of days with r < −VaR',
      source: kupiec,
    }),
    figure('expected-exceptions', 'Exceptions expected', result.days * tail, {
      formula: 'n (1 − level)',
      source: kupiec,
    }),
    figure('kupiec', 'Proportion of failures', coverage.statistic, {
      formula: `${lr}, ~ χ²(1)`,
      source: kupiec,
    }),
    figure('kupiec-p', 'Its p', coverage.p, {
      unit: 'fraction',
      formula: 'P(χ²(1) ≥ LR)',
      source: kupiec,
    }),
    figure('first-failure', 'Time until first failure', untilFirst?.statistic, {
      formula: `${lr}, ~ χ²(1), v = ${result.firstException ?? 'none'}`,
      source: kupiec,
    }),
    figure('first-failure-p', 'Its p', untilFirst?.p, {
      unit: 'fraction',
      formula: 'P(χ²(1) ≥ LR)',
      source: kupiec,
    }),
    figure('independence', 'Independence', independence.statistic, {
      formula: `${lr} on n − 1 pairs of days, ~ χ²(1)`,
      source: christoffersen,
    }),
    figure('independence-p', 'Its p', independence.p, {
      unit: 'fraction',
      formula: 'P(χ²(1) ≥ LR)',
      source: christoffersen,
    }),
    figure('conditional', 'Conditional coverage', conditional.statistic, {
      formula: 'LR of coverage + LR of independence, ~ χ²(2)',
      source: christoffersen,
    }),
    figure('conditional-p', 'Its p', conditional.p, {
      unit: 'fraction',
      formula: 'P(χ²(2) ≥ LR)',
      source: christoffersen,
    }),
    figure('basel-probability', 'Probability of as many exceptions or fewer', light.probability, {
      unit: 'fraction',
      formula: 'P(X ≤ x), X binomial (n, 1 − level)',
      source: basel,
      note: `The traffic light is ${light.zone}.`,
    }),
    figure('basel-multiplier', 'Basel multiplier', light.multiplier, {
      formula: 'table of the Committee',
      source: basel,
      why: 'the table is for 250 days at 99 % only',
    }),
    figure('z1', 'Acerbi–Székely Z₁', shortfall?.z1, {
      formula: 'mean of r ÷ CVaR over exceptions + 1',
      source: acerbi,
      why: shortfall ? noException : noShortfall,
    }),
    figure('z2', 'Acerbi–Székely Z₂', shortfall?.z2, {
      formula: 'Σ I r ÷ (n α CVaR) + 1',
      source: acerbi,
      why: noShortfall,
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
    .map((t) => [days[t] ?? t + 1, returns[t], shown(valueAtRisk[t]), shown(cvar[t])]),
});

const forecastChart = (
  { returns, valueAtRisk, cvar }: RollingForecasts,
  days: readonly Day[],
): Chart => ({
  id: 'forecasts',
  title: 'Returns and what was forecast for them',
  kind: 'line',
  x: days.length > 0 ? days : Array.from(returns, (_, t) => t + 1),
  lines: [
    { name: 'return', values: [...returns] },
    { name: '−VaR', values: Array.from(valueAtRisk, (each) => shown(-each)) },
    { name: '−CVaR', values: Array.from(cvar, (each) => shown(-each)) },
  ],
  unit: 'fraction',
});
