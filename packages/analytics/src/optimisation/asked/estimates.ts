import {
  ok,
  type PanelInput,
  parameterTable,
  type Result,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import { type Matrix, matrix, nearestPsd } from '@plimsoll/quant/linear-algebra';
import { type PanelObservations, panelObservations } from '../../analysis/observations.ts';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { covarianceMethods, estimateCovariance } from '../../covariance/estimate-covariance.ts';
import {
  bayesSteinMeans,
  exponentialMeans,
  historicalMeans,
  jamesSteinMeans,
} from '../../covariance/expected-returns.ts';
import { decayOfSpan } from '../../covariance/exponential.ts';
import { covarianceHealth } from '../../covariance/health.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import { poolViews } from '../entropy-pooling/pool-views.ts';
import { type View, viewsOf } from './views.ts';

/** What weights are chosen from, as parameters. */
export const estimateParameters = parameterTable({
  prices: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
  covariance: {
    kind: 'choice',
    of: [...covarianceMethods],
    default: 'sample',
    title: 'Estimator of the covariance',
  },
  expected: {
    kind: 'choice',
    of: ['historical', 'exponential', 'james-stein', 'bayes-stein'],
    default: 'historical',
    title: 'Estimator of expected returns',
  },
  mean: {
    kind: 'choice',
    of: ['arithmetic', 'compounded'],
    default: 'arithmetic',
    title: 'How a year is made of periods',
    help: 'Of historical and exponential means; shrunk means are arithmetic always.',
  },
  span: {
    kind: 'number',
    above: 1,
    optional: true,
    unit: 'periods',
    title: 'Span of exponential weights',
    help: 'Covariance by λ = 0.94 and means over 500 periods where it is not given.',
  },
  expectedReturns: {
    kind: 'by-name',
    optional: true,
    title: 'Expected returns of your own',
    help: 'A year; they go before the estimates of the names that they are given for.',
  },
  periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  riskFree: { kind: 'number', default: 0, unit: 'a year', title: 'Risk-free rate' },
  views: {
    kind: 'list',
    optional: true,
    title: 'Views on returns',
    help: 'Each is a portfolio of names and what it is expected to return a year.',
    of: {
      kind: 'object',
      title: 'View',
      fields: {
        weights: {
          kind: 'by-name',
          title: 'Portfolio',
          help: 'AAPL 1 for a view on AAPL; AAPL 1 and MSFT −1 for one against the other.',
        },
        return: { kind: 'number', title: 'Expected return of it', unit: 'a year' },
        confidence: {
          kind: 'number',
          above: 0,
          max: 1,
          optional: true,
          title: 'Confidence',
          help: '1 is certain; without one its error is in proportion to the risk of the portfolio.',
        },
      },
    },
  },
  viewMethod: {
    kind: 'choice',
    of: ['black-litterman', 'entropy-pooling'],
    default: 'black-litterman',
    title: 'How views are blended in',
    help: 'Entropy pooling weighs the past periods anew; covariance and means are then of these.',
  },
  marketWeights: {
    kind: 'by-name',
    optional: true,
    title: 'Weights of the market, for the prior of the views',
    help: 'Equal weights where none are given.',
  },
  viewRiskAversion: {
    kind: 'number',
    above: 0,
    default: 2.5,
    title: 'Risk aversion of the market, for the prior of the views',
  },
  tau: {
    kind: 'number',
    above: 0,
    default: 0.05,
    title: 'τ, how little is known of the prior',
  },
});

/** What weights are chosen from. */
export interface Estimates {
  readonly panel: PanelObservations;
  readonly names: readonly string[];
  /** A year, shape [n]. */
  readonly expectedReturns: Float64Array;
  /** A year, shape [n × n], positive semidefinite. */
  readonly covariance: Matrix;
  /** Returns a period, shape [T × n]. */
  readonly scenarios: Matrix;
  readonly conventions: readonly string[];
  readonly notes: readonly string[];
}

type Asked = Omit<ValuesOf<typeof estimateParameters>, 'prices' | 'views'> & {
  readonly prices: PanelInput;
  readonly views: readonly View[] | undefined;
};

/** Expected returns and a covariance of a year from a panel, and after views. */
export function estimatesOf(asked: Asked): Result<Estimates> {
  const observed = panelObservations(asked.prices, 'prices');
  if (!observed.ok) return observed;
  const panel = observed.value;
  const { names } = panel;
  if (panel.n < 2 || names.length === 0) {
    return refuse({
      code: 'optimisation.too-few',
      detail: `Weights need 2 periods and a column to be chosen from; there are ${panel.n} and ${names.length}.`,
    });
  }
  const scenarios = matrix(panel.n, names.length, panel.returns);
  const { periodsPerYear, span } = asked;
  const estimated = estimateCovariance(scenarios, names, asked.covariance, { span });
  if (!estimated.ok) return estimated;
  const aYear = matrix(
    names.length,
    names.length,
    estimated.value.covariance.data.map((value) => value * periodsPerYear),
  );
  const health = covarianceHealth(aYear);
  const covariance = health.isPsd ? aYear : nearestPsd(aYear);
  const estimatedMeans = meansOf(scenarios, asked);
  if (!estimatedMeans.ok) return estimatedMeans;
  const means = ownMeans(estimatedMeans.value, names, asked.expectedReturns);
  if (!means.ok) return means;
  const views = asked.views ?? [];
  const isPooled = views.length > 0 && asked.viewMethod === 'entropy-pooling';
  const viewed = isPooled
    ? poolViews(views, scenarios, names, periodsPerYear)
    : viewsOf(views, { ...asked, names, covariance, means: means.value });
  if (!viewed.ok) return viewed;
  return ok({
    panel,
    names,
    ...viewed.value,
    scenarios,
    conventions: [
      `Simple returns, ${periodsPerYear} periods a year; ${
        isPooled
          ? 'covariance and expected returns by entropy pooling of the views'
          : `covariance by ${asked.covariance}, expected returns by ${views.length > 0 ? 'Black–Litterman' : asked.expected}`
      }.`,
    ],
    notes: [
      ...(health.isPsd
        ? []
        : ['The covariance had negative eigenvalues; the nearest without them was taken.']),
      ...(panel.n <= names.length
        ? [
            `There are ${panel.n} returns for ${names.length} instruments: the sample covariance is singular, and a shrunk one (ledoit-wolf-identity) is steadier.`,
          ]
        : []),
    ],
  });
}

function meansOf(
  returns: Matrix,
  { expected, mean, periodsPerYear, span }: Asked,
): Result<Float64Array> {
  if (expected === 'exponential') {
    const decay = decayOfSpan(span ?? 500);
    return ok(exponentialMeans(returns, periodsPerYear, { decay, kind: mean }));
  }
  if (expected === 'historical') return ok(historicalMeans(returns, periodsPerYear, mean));
  const plain = historicalMeans(returns, 1, 'arithmetic');
  const covariance = sampleCovariance(returns);
  const shrunk =
    expected === 'james-stein'
      ? jamesSteinMeans(plain, covarianceHealth(covariance).eigenvalues, returns.rows)
      : bayesSteinMeans(plain, covariance, returns.rows);
  if (!shrunk) {
    return refuse({
      code: 'optimisation.singular',
      detail: `The covariance of ${returns.columns} columns over ${returns.rows} periods is singular, which Bayes–Stein cannot use: give more periods, or take james-stein.`,
    });
  }
  return ok(shrunk.means.map((value) => value * periodsPerYear));
}

function ownMeans(
  means: Float64Array,
  names: readonly string[],
  own: Readonly<Record<string, number>> | undefined,
): Result<Float64Array> {
  const stranger = strangerIn(own, names);
  if (stranger !== undefined) {
    return refuse({
      code: 'optimisation.name',
      detail: `There is an expected return for ${stranger}, which is not among ${names.join(', ')}.`,
    });
  }
  return ok(means.map((mean, i) => own?.[names[i]] ?? mean));
}
