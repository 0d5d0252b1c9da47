import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { estimate } from '../../analysis/estimate.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import { estimateParameters, estimatesOf } from '../../optimisation/asked/estimates.ts';
import { curveOf, frontierChart } from '../../optimisation/asked/frontier-chart.ts';
import { limitParameters, regionAsked } from '../../optimisation/asked/limits.ts';
import { efficientFrontier } from '../../optimisation/frontier/efficient-frontier.ts';
import { maxRatio } from '../../optimisation/mean-variance/max-ratio.ts';
import { partsNotKept } from '../../optimisation/problem/region.ts';

const source = 'Markowitz, Mean-Variance Analysis in Portfolio Choice and Capital Markets, 1987';

export default defineAnalysis({
  id: 'efficient-frontier',
  group: 'optimisation',
  title: 'Efficient frontier',
  summary:
    'All weights of the least risk for their return, exactly: the corner portfolios, the curve between them and its best ratio.',
  input: {
    ...estimateParameters,
    ...limitParameters,
    points: {
      kind: 'integer',
      min: 2,
      max: 1000,
      default: 50,
      title: 'Points of the curve',
    },
  },
  compute(values) {
    const estimates = estimatesOf(values);
    if (!estimates.ok) return estimates;
    const { names, covariance, expectedReturns, panel } = estimates.value;
    const asked = regionAsked(values, estimates.value);
    if (!asked.ok) return asked;
    const region = asked.value;
    if (partsNotKept(region, ['rows', 'turnover', 'gross', 'long', 'short']).length > 0) {
      return refuse({
        code: 'optimisation.beyond',
        detail:
          'The whole frontier is followed under linear limits only: leave out the number of names, the least weight, and the limits of volatility and tracking error.',
      });
    }
    const frontier = {
      region,
      covariance,
      gain: expectedReturns,
      tradeCost: null,
      benchmark: null,
    };
    const traced = efficientFrontier(frontier);
    if (!traced.ok) return traced;
    const { corners } = traced.value;
    const first = corners[0];
    const last = corners[corners.length - 1];
    const curve = curveOf(traced.value, values.points);
    const excess = expectedReturns.map((mu) => mu - values.riskFree);
    const tangency = maxRatio({ ...frontier, gain: excess });
    const best = tangency.ok
      ? estimate(tangency.value.ratio, 'the ratio has no finite value')
      : { value: null, why: tangency.fault.detail };
    return ok({
      title: 'Efficient frontier',
      sample: sampleOf(panel),
      conventions: [
        ...estimates.value.conventions,
        'Between two corners weights are linear in the expected return, so that the corners are the whole frontier.',
      ],
      figures: [
        {
          id: 'corners',
          title: 'Corner portfolios',
          value: corners.length,
          unit: 'count',
          formula: 'min ½ wᵀΣw − λ μᵀw for all λ ≥ 0',
          source,
        },
        {
          id: 'least-volatility',
          title: 'Least volatility a year',
          value: first.volatility,
          unit: 'fraction',
          formula: '√(wᵀΣw) at λ = 0',
          source,
        },
        {
          id: 'return-at-least-volatility',
          title: 'Expected return there',
          value: first.expectedReturn,
          unit: 'fraction',
          formula: 'μᵀw',
        },
        {
          id: 'most-return',
          title: 'Most expected return a year',
          value: last.expectedReturn,
          unit: 'fraction',
          formula: 'max μᵀw',
        },
        {
          id: 'volatility-at-most-return',
          title: 'Volatility there',
          value: last.volatility,
          unit: 'fraction',
          formula: '√(wᵀΣw)',
        },
        {
          id: 'best-sharpe',
          title: 'Greatest expected Sharpe ratio',
          ...best,
          unit: 'ratio',
          formula: 'max (μᵀw − r Σw) ÷ √(wᵀΣw)',
          source: 'Sharpe, The Sharpe Ratio, 1994',
        },
      ],
      tables: [
        {
          id: 'corners',
          title: 'Corner portfolios',
          columns: [
            { id: 'lambda', title: 'λ', unit: 'number' },
            { id: 'expected-return', title: 'Expected return', unit: 'fraction' },
            { id: 'volatility', title: 'Volatility', unit: 'fraction' },
            ...names.map((name) => ({ id: name, title: name, unit: 'fraction' as const })),
          ],
          rows: corners.map(({ lambda, expectedReturn, volatility, weights }) => [
            lambda,
            expectedReturn,
            volatility,
            ...weights,
          ]),
        },
        {
          id: 'curve',
          title: 'The curve at even steps of return',
          columns: [
            { id: 'expected-return', title: 'Expected return', unit: 'fraction' },
            { id: 'volatility', title: 'Volatility', unit: 'fraction' },
          ],
          rows: curve.map(({ expectedReturn, volatility }) => [expectedReturn, volatility]),
        },
      ],
      charts: [
        frontierChart(
          curve,
          names.map((name, i) => ({
            name,
            expectedReturn: expectedReturns[i],
            volatility: Math.sqrt(Math.max(0, covariance.data[i * (names.length + 1)])),
          })),
        ),
        {
          id: 'weights',
          title: 'Weights along the frontier',
          kind: 'area',
          x: curve.map(({ expectedReturn }) => expectedReturn),
          lines: names.map((name, i) => ({ name, values: curve.map(({ weights }) => weights[i]) })),
          unit: 'fraction',
        },
      ],
      notes: [...estimates.value.notes],
    });
  },
});
