import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { columnOf, matrix } from '@plimsoll/quant/linear-algebra';
import { cell, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { estimate } from '../../analysis/estimate.ts';
import { type PanelObservations, panelObservations } from '../../analysis/observations.ts';
import type { Figure } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import {
  bayesSteinMeans,
  capmMeans,
  exponentialMeans,
  historicalMeans,
  jamesSteinMeans,
} from '../../covariance/expected-returns.ts';
import { decayOfSpan } from '../../covariance/exponential.ts';
import { covarianceHealth } from '../../covariance/health.ts';
import { sampleCovariance } from '../../covariance/sample.ts';

export default defineAnalysis({
  id: 'expected-returns',
  group: 'covariance',
  title: 'Expected returns',
  summary:
    'What each instrument may be expected to return a year: by its history, shrunk means or the CAPM.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
    method: {
      kind: 'choice',
      of: ['historical', 'exponential', 'capm', 'james-stein', 'bayes-stein'],
      default: 'historical',
      title: 'Estimator',
    },
    mean: {
      kind: 'choice',
      of: ['arithmetic', 'compounded'],
      default: 'arithmetic',
      title: 'How a year is made of periods',
      help: 'Shrunk means are arithmetic always.',
    },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
    span: {
      kind: 'number',
      above: 1,
      default: 500,
      unit: 'periods',
      title: 'Span of the exponential weights',
    },
    market: {
      kind: 'text',
      default: '',
      title: 'Column that is the market',
      help: 'For the CAPM; the equal-weighted mean of all columns where none is named.',
    },
    riskFree: { kind: 'number', default: 0, unit: 'a year', title: 'Risk-free rate' },
  },
  compute(values) {
    const observed = panelObservations(values.prices, 'prices');
    if (!observed.ok) return observed;
    const panel = observed.value;
    if (panel.n < 2 || panel.names.length === 0) {
      return refuse({
        code: 'expected-returns.too-few',
        detail: `Expected returns need 2 periods and a column; there are ${panel.n} and ${panel.names.length}.`,
      });
    }
    const found = meansOf(panel, values);
    if (!found.ok) return found;
    const { means, extra = [], columns = [] } = found.value;
    return ok({
      title: 'Expected returns',
      sample: sampleOf(panel),
      conventions: [
        `Simple returns, ${values.periodsPerYear} periods a year, ${
          values.method.endsWith('-stein') ? 'arithmetic' : values.mean
        } means.`,
      ],
      figures: [...extra],
      tables: [
        {
          id: 'expected-returns',
          title: 'Expected return a year',
          columns: [
            { id: 'name', title: 'Name' },
            { id: 'expected', title: 'Expected return', unit: 'fraction' },
            ...columns.map(({ id, title }) => ({ id, title, unit: 'number' as const })),
          ],
          rows: panel.names.map((name, i) => [
            name,
            cell(means[i]),
            ...columns.map((column) => cell(column.values[i])),
          ]),
        },
      ],
      charts: [
        {
          id: 'expected-returns',
          title: 'Expected return a year',
          kind: 'bars',
          x: panel.names,
          lines: [line('Expected return', means)],
          unit: 'fraction',
        },
      ],
      notes: values.method.endsWith('-stein')
        ? []
        : ['Means of a few years of returns have wide errors; see the shrunk estimators.'],
    });
  },
});

interface Asked {
  readonly method: 'historical' | 'exponential' | 'capm' | 'james-stein' | 'bayes-stein';
  readonly mean: 'arithmetic' | 'compounded';
  readonly periodsPerYear: number;
  readonly span: number;
  readonly market: string;
  readonly riskFree: number;
}

interface Means {
  readonly means: Float64Array;
  readonly extra?: readonly Figure[];
  readonly columns?: readonly {
    readonly id: string;
    readonly title: string;
    readonly values: Float64Array;
  }[];
}

function meansOf(panel: PanelObservations, asked: Asked): Result<Means> {
  const { method, mean: kind, periodsPerYear: periods, span, riskFree } = asked;
  const returns: Matrix = { rows: panel.n, columns: panel.names.length, data: panel.returns };
  if (method === 'historical') return ok({ means: historicalMeans(returns, periods, kind) });
  if (method === 'exponential') {
    return ok({ means: exponentialMeans(returns, periods, { decay: decayOfSpan(span), kind }) });
  }
  if (method !== 'capm') return shrunkMeans(returns, method, periods);
  const market = marketOf(panel, asked.market);
  if (!market.ok) return market;
  const found = capmMeans(returns, market.value, { periods, riskFree, kind });
  if (!found) {
    return refuse({
      code: 'expected-returns.market',
      detail: 'The market never moves, so nothing has a beta to it: name another column.',
    });
  }
  return ok({
    means: found.means,
    columns: [{ id: 'beta', title: 'Beta', values: found.betas }],
    extra: [
      {
        id: 'market',
        title: 'Expected return of the market',
        ...estimate(found.market, 'the market has no return'),
        unit: 'fraction',
        formula: 'E[r] = r_f + β (E[m] − r_f)',
        source: 'Sharpe, Capital asset prices, 1964',
      },
    ],
  });
}

function shrunkMeans(
  returns: Matrix,
  method: 'james-stein' | 'bayes-stein',
  periods: number,
): Result<Means> {
  const means = historicalMeans(returns, 1, 'arithmetic');
  const covariance = sampleCovariance(returns);
  const found =
    method === 'james-stein'
      ? jamesSteinMeans(means, covarianceHealth(covariance).eigenvalues, returns.rows)
      : bayesSteinMeans(means, covariance, returns.rows);
  if (!found) {
    return refuse({
      code: 'expected-returns.singular',
      detail: `The covariance of ${returns.columns} columns over ${returns.rows} periods is singular, which Bayes–Stein cannot use: give more periods, or take james-stein.`,
    });
  }
  return ok({
    means: found.means.map((value) => value * periods),
    extra: [
      {
        id: 'shrinkage',
        title: 'Shrinkage intensity',
        value: found.shrinkage,
        unit: 'fraction',
        formula:
          method === 'james-stein'
            ? 'δ = (tr S − 2 λ_max) ÷ (T Σ (mᵢ − m̄)²), cut to [0, 1]'
            : 'δ = (n + 2) ÷ (n + 2 + T (m − m₀1)ᵀ S⁻¹ (m − m₀1))',
        source:
          method === 'james-stein'
            ? 'James and Stein, 1961'
            : 'Jorion, Bayes–Stein estimation for portfolio analysis, 1986',
      },
      {
        id: 'target',
        title: 'Target of the means a year',
        value: found.target * periods,
        unit: 'fraction',
        formula: method === 'james-stein' ? 'm̄, the mean of all' : 'm₀, that of the least variance',
      },
    ],
  });
}

/** The named column, or the mean of all. */
function marketOf(panel: PanelObservations, name: string): Result<Float64Array> {
  const { names, n, returns } = panel;
  const width = names.length;
  if (name === '') {
    return ok(
      Float64Array.from(
        { length: n },
        (_, t) =>
          returns.subarray(t * width, (t + 1) * width).reduce((sum, x) => sum + x, 0) / width,
      ),
    );
  }
  const place = names.indexOf(name);
  if (place < 0) {
    return refuse({
      code: 'expected-returns.market',
      detail: `No column is called ${name}; there are ${names.join(', ')}.`,
    });
  }
  return ok(columnOf(matrix(n, width, returns), place));
}
