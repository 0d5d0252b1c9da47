import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { panelObservations } from '../../analysis/observations.ts';
import type { ReportTable, Sample } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import {
  type CovarianceMethod,
  type CovarianceSettings,
  type EstimatedCovariance,
  estimateCovariance,
} from '../../covariance/estimate-covariance.ts';
import { factorCovariance } from '../../covariance/factor-covariance.ts';
import { gappedReturns } from '../../covariance/gapped-returns.ts';
import { pairwiseCovariance } from '../../covariance/pairwise.ts';
import { whyCollinear } from '../../factors/factor-regression.ts';
import { factorPanel } from '../../factors/factor-sample.ts';

/** What is asked of the analysis. */
interface Asked extends Omit<CovarianceSettings, 'ddof'> {
  readonly prices: PanelInput;
  readonly method: CovarianceMethod | 'factor-model';
  readonly missing: 'complete' | 'pairwise';
  readonly factors: PanelInput | undefined;
  readonly periodsPerYear: number;
  readonly ddof: number | undefined;
}

interface Had {
  readonly names: readonly string[];
  readonly sample: Sample;
  readonly found: EstimatedCovariance;
  readonly notes: readonly string[];
  readonly tables?: readonly ReportTable[];
}

/** The estimate that is asked for. */
export function estimateOf(asked: Asked): Result<Had> {
  const { method, missing } = asked;
  if (missing === 'pairwise') return pairwiseEstimate(asked);
  return method === 'factor-model' ? factorEstimate(asked) : completeEstimate(asked, method);
}

/** From the periods that all columns have. */
function completeEstimate({ prices, ...asked }: Asked, method: CovarianceMethod): Result<Had> {
  const observed = panelObservations(prices, 'prices');
  if (!observed.ok) return observed;
  const { names, returns: data, n } = observed.value;
  const settings = {
    ...asked,
    ddof: asked.ddof === undefined ? undefined : asked.ddof === 0 ? 0 : 1,
  } as const;
  const found = estimateCovariance(
    { rows: n, columns: names.length, data },
    names,
    method,
    settings,
  );
  if (!found.ok) return found;
  return ok({ names, sample: sampleOf(observed.value), found: found.value, notes: [] });
}

/** By given factors, on the periods that both sides have. */
function factorEstimate({ prices, factors, periodsPerYear }: Asked): Result<Had> {
  if (!factors) {
    return refuse({
      code: 'covariance.factors',
      detail: 'The method factor-model needs factors: give a panel of their returns.',
    });
  }
  const read = factorPanel(prices, {
    factors,
    model: 'all',
    riskFreeColumn: 'RF',
    riskFreeRate: 0,
    matching: 'day',
    periodsPerYear,
  });
  if (!read.ok) return read;
  const { names, returns, riskFree, sample, notes } = read.value;
  const used = read.value.factors;
  const collinear = whyCollinear(used);
  if (collinear) return refuse({ code: 'covariance.collinear', detail: collinear });
  const excess = returns.data.map((each, at) => each - riskFree[Math.floor(at / names.length)]);
  const found = factorCovariance({ ...returns, data: excess }, used.returns);
  if (!found) {
    return refuse({
      code: 'covariance.too-few',
      detail: `${returns.rows} periods are too few for ${used.names.length} factors; give ${used.names.length + 3} or more.`,
    });
  }
  const k = used.names.length;
  const loadings: ReportTable = {
    id: 'loadings',
    title: 'Exposures to the factors, and what is specific',
    columns: [
      { id: 'name', title: 'Name' },
      ...used.names.map((name) => ({ id: name, title: name, unit: 'ratio' as const })),
      { id: 'specific', title: 'Specific volatility a year', unit: 'fraction' },
    ],
    rows: names.map((name, i) => [
      name,
      ...found.loadings.data.subarray(i * k, (i + 1) * k),
      Math.sqrt(found.specific[i] * periodsPerYear),
    ]),
  };
  return ok({
    names,
    sample,
    found: { covariance: found.covariance },
    notes,
    tables: [loadings],
  });
}

/** Each pair from the periods that both have. */
function pairwiseEstimate({ prices, method }: Asked): Result<Had> {
  if (method !== 'sample') {
    return refuse({
      code: 'covariance.pairwise',
      detail: `Pairs by their own periods go with the method sample only, not with ${method}.`,
    });
  }
  const gapped = gappedReturns(prices, 'prices');
  if (!gapped.ok) return gapped;
  const { names, returns, missing } = gapped.value;
  const { covariance, shared, fewest } = pairwiseCovariance(returns);
  const lacking = covariance.data.findIndex(Number.isNaN);
  if (names.length === 0 || lacking >= 0) {
    const pair = [Math.floor(lacking / names.length), lacking % names.length].map((i) => names[i]);
    return refuse({
      code: 'covariance.too-few',
      detail: `A covariance needs 2 periods that both have: ${pair.join(' and ')} share ${shared[lacking] ?? 0}.`,
    });
  }
  const days = prices.days ?? [];
  return ok({
    names,
    sample: sampleOf({ days, n: returns.rows, missing }),
    found: { covariance },
    notes: [`Each pair is from its own periods, ${fewest} at least.`],
  });
}

/** What is in force, one sentence each. */
export function conventionsOf(values: Asked): string[] {
  return [
    'Simple returns, in the order of the panel.',
    `The covariance per period is multiplied by ${values.periodsPerYear} for a year.`,
    ...(values.method === 'exponential' ? [exponentialConvention(values)] : []),
    ...(values.method === 'factor-model'
      ? [
          'Σ = B Σ_f Bᵀ + D: exposures by least squares, specific variance of residuals over T − k − 1.',
        ]
      : []),
  ];
}

function exponentialConvention({ convention, decay, span, halfLife }: Asked): string {
  const weight =
    span === undefined
      ? halfLife === undefined
        ? `λ = ${decay ?? 0.94}`
        : `a half-life of ${halfLife} periods`
      : `a span of ${span} periods`;
  return `Exponential weights by ${weight}, in the form of ${convention ?? 'riskmetrics'}.`;
}
