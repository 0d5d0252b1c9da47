import { ok, type Result } from '@plimsoll/kernel';
import { dot, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { estimate } from '../../analysis/estimate.ts';
import type { Chart, Figure, Report, ReportTable } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import type { Allocation, AllocationRequest, Optimiser } from '../define-optimiser.ts';
import { efficientFrontier } from '../frontier/efficient-frontier.ts';
import { partsNotKept } from '../problem/region.ts';
import type { Estimates } from './estimates.ts';
import { curveOf, frontierChart } from './frontier-chart.ts';

interface Made {
  readonly optimiser: Optimiser;
  readonly request: AllocationRequest;
  readonly allocation: Allocation;
  readonly estimates: Estimates;
}

/** Instruments up to which the whole frontier is drawn around an allocation. */
const mostDrawn = 500;

/** An allocation as a report: weights with their shares of risk, figures, limits that hold, frontier. */
export function allocationReport(made: Made): Report {
  const { optimiser, allocation, estimates, request } = made;
  const { panel, expectedReturns, covariance } = estimates;
  const { weights } = allocation;
  const mean = dot(expectedReturns, weights);
  const volatility = Math.sqrt(Math.max(0, quadraticForm(covariance, weights)));
  const drawn = frontierOf(made, { name: 'Chosen weights', volatility, expectedReturn: mean });
  return {
    title: optimiser.title,
    sample: sampleOf(panel),
    conventions: [
      `${optimiser.summary} ${optimiser.formula}`,
      ...estimates.conventions,
      'Shadow prices are what one more unit of a limit changes the objective by.',
    ],
    figures: [...figuresOf(made, mean, volatility), ...allocation.figures],
    tables: [weightsTable(made), ...activeTable(allocation)],
    charts: [
      {
        id: 'weights',
        title: 'Weights and shares of risk',
        kind: 'bars',
        x: [...request.names],
        lines: [
          { name: 'Weight', values: [...weights] },
          { name: 'Share of risk', values: riskSharesOf(made) },
        ],
        unit: 'fraction',
      },
      ...(drawn?.ok ? [drawn.value] : []),
    ],
    notes: [
      ...estimates.notes,
      ...allocation.notes,
      ...(allocation.status === 'limit'
        ? ['The solver stopped before it had proven the optimum.']
        : []),
      ...(drawn?.ok === false ? [`The frontier is not drawn. ${drawn.fault.detail}`] : []),
    ],
  };
}

function figuresOf(made: Made, mean: number, volatility: number): Figure[] {
  const { optimiser, request, allocation, estimates } = made;
  const { weights, objective, iterations } = allocation;
  const { current, names } = request.region;
  const still = 'the weights do not move';
  const squares = weights.reduce((sum, w) => sum + w * w, 0);
  const own = weights.reduce(
    (sum, w, i) => sum + w * Math.sqrt(estimates.covariance.data[i * (names.length + 1)]),
    0,
  );
  const moved = weights.map((w, i) => Math.abs(w - (current?.[i] ?? 0)));
  const cost = moved.reduce(
    (sum, size, i) =>
      sum + size * (request.linearCost?.[i] ?? 0) + size ** 1.5 * (request.impactCost?.[i] ?? 0),
    0,
  );
  const hasCost = request.linearCost !== null || request.impactCost !== null;
  return [
    {
      id: 'objective',
      title: 'Objective',
      ...(objective === null
        ? { value: null, why: 'this way of choosing has no objective' }
        : estimate(objective, 'it has no finite value')),
      unit: 'number',
      formula: optimiser.formula,
      source: optimiser.source,
    },
    {
      id: 'expected-return',
      title: 'Expected return a year',
      value: mean,
      unit: 'fraction',
      formula: 'μᵀw',
    },
    {
      id: 'volatility',
      title: 'Volatility a year',
      value: volatility,
      unit: 'fraction',
      formula: '√(wᵀΣw)',
    },
    {
      id: 'sharpe',
      title: 'Expected Sharpe ratio',
      ...estimate((mean - request.riskFree) / volatility, still),
      unit: 'ratio',
      formula: '(μᵀw − r) ÷ √(wᵀΣw)',
      source: 'Sharpe, The Sharpe Ratio, 1994',
    },
    {
      id: 'diversification',
      title: 'Diversification ratio',
      ...estimate(own / volatility, still),
      unit: 'ratio',
      formula: 'Σσw ÷ √(wᵀΣw)',
      source: 'Choueifaty and Coignard, Toward Maximum Diversification, 2008',
    },
    {
      id: 'effective-names',
      title: 'Effective number of names',
      ...estimate(1 / squares, 'nothing is held'),
      unit: 'number',
      formula: '1 ÷ Σw²',
    },
    {
      id: 'names-held',
      title: 'Names held',
      value: weights.filter((w) => Math.abs(w) > 1e-9).length,
      unit: 'count',
    },
    ...trackingFigure(made),
    ...(current === null
      ? []
      : [
          {
            id: 'turnover',
            title: 'One-way turnover',
            value: moved.reduce((sum, size) => sum + size, 0) / 2,
            unit: 'fraction' as const,
            formula: '½ Σ|w − current|',
          },
        ]),
    ...(hasCost
      ? [
          {
            id: 'cost',
            title: 'Cost of trading',
            value: cost,
            unit: 'fraction' as const,
            formula: 'Σ κ|w − current| + Σ κ₂|w − current|^(3/2)',
          },
        ]
      : []),
    { id: 'iterations', title: 'Steps of the solver', value: iterations, unit: 'count' },
  ];
}

function trackingFigure({ request, estimates, allocation }: Made): Figure[] {
  const { benchmark } = request;
  if (!benchmark) return [];
  const away = allocation.weights.map((w, i) => w - benchmark[i]);
  return [
    {
      id: 'tracking-error',
      title: 'Expected tracking error a year',
      value: Math.sqrt(Math.max(0, quadraticForm(estimates.covariance, away))),
      unit: 'fraction',
      formula: '√((w − b)ᵀΣ(w − b))',
      source: 'Roll, A Mean/Variance Analysis of Tracking Error, 1992',
    },
  ];
}

function riskSharesOf({ estimates, allocation }: Made): (number | null)[] {
  const { weights } = allocation;
  const pull = timesVector(estimates.covariance, weights);
  const variance = dot(pull, weights);
  return Array.from(weights, (w, i) => (variance > 0 ? (w * pull[i]) / variance : null));
}

function weightsTable(made: Made): ReportTable {
  const { request, estimates, allocation } = made;
  const { current } = request.region;
  const n = request.names.length;
  const shares = riskSharesOf(made);
  return {
    id: 'weights',
    title: 'Weights',
    columns: [
      { id: 'name', title: 'Name' },
      { id: 'weight', title: 'Weight', unit: 'fraction' },
      ...(current === null
        ? []
        : [
            { id: 'current', title: 'Now', unit: 'fraction' as const },
            { id: 'change', title: 'Change', unit: 'fraction' as const },
          ]),
      { id: 'risk-share', title: 'Share of risk', unit: 'fraction' },
      { id: 'expected-return', title: 'Expected return', unit: 'fraction' },
      { id: 'volatility', title: 'Volatility', unit: 'fraction' },
    ],
    rows: request.names.map((name, i) => [
      name,
      allocation.weights[i],
      ...(current === null ? [] : [current[i], allocation.weights[i] - current[i]]),
      shares[i],
      estimates.expectedReturns[i],
      Math.sqrt(Math.max(0, estimates.covariance.data[i * (n + 1)])),
    ]),
  };
}

function activeTable({ active }: Allocation): ReportTable[] {
  if (active.length === 0) return [];
  return [
    {
      id: 'active-constraints',
      title: 'Limits that hold',
      columns: [
        { id: 'limit', title: 'Limit' },
        { id: 'price', title: 'Shadow price', unit: 'number' },
      ],
      rows: active.map(({ name, price }) => [name, price]),
    },
  ];
}

/**
 * The frontier under the same linear limits, with what was chosen on or below it; null where limits
 * are not linear or instruments too many for it.
 */
function frontierOf(
  { request, estimates }: Made,
  chosen: { readonly name: string; readonly volatility: number; readonly expectedReturn: number },
): Result<Chart> | null {
  const { region } = request;
  const linear = ['rows', 'turnover', 'gross', 'long', 'short'] as const;
  if (request.names.length > mostDrawn || partsNotKept(region, linear).length > 0) return null;
  const traced = efficientFrontier({
    region,
    covariance: estimates.covariance,
    gain: estimates.expectedReturns,
    tradeCost: null,
    benchmark: null,
  });
  return traced.ok ? ok(frontierChart(curveOf(traced.value, 40), [chosen])) : traced;
}
