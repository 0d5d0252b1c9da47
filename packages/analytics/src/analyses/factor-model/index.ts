import { ok } from '@plimsoll/kernel';
import { chiSquareSf } from '@plimsoll/quant/distributions';
import {
  breuschPagan,
  type CovarianceKind,
  durbinWatson,
  ordinaryLeastSquares,
  type RegressionOptions,
} from '@plimsoll/quant/regression';
import { autocorrelation } from '@plimsoll/quant/statistics';
import { along, cell, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Cell, Chart, Figure, ReportTable } from '../../analysis/report.ts';
import { coefficientTable, fitFigures } from '../../factors/coefficient-table.ts';
import { type FactorAttribution, factorAttribution } from '../../factors/factor-attribution.ts';
import {
  errorParameters,
  factorParameters,
  subjectParameters,
} from '../../factors/factor-input.ts';
import { factorRegression, withConstant } from '../../factors/factor-regression.ts';
import { type FactorSubject, factorSubject } from '../../factors/factor-sample.ts';

/** Returns regressed on factors. */
export default defineAnalysis({
  id: 'factor-model',
  group: 'factors',
  title: 'Factor model',
  summary:
    'Alpha and betas to given factors (CAPM, Fama–French, Carhart or any), with robust errors, and how much of return and risk each factor explains.',
  input: {
    ...subjectParameters,
    ...factorParameters,
    ...errorParameters,
    halfLife: {
      kind: 'number',
      above: 0,
      optional: true,
      unit: 'periods',
      title: 'Half-life of the periods’ weights',
      help: 'Older periods count for less; all count alike if not given.',
    },
  },
  compute(values) {
    const read = factorSubject(values);
    if (!read.ok) return read;
    const sample = read.value;
    const { periodsPerYear } = sample;
    const options = optionsOf(values, sample.excess.length);
    const found = factorRegression(sample.excess, sample.factors, options);
    if (!found.ok) return found;
    const { fit, alpha, betas } = found.value;
    const parts = options.weights
      ? null
      : factorAttribution({
          alpha,
          betas,
          factors: sample.factors.returns,
          residuals: fit.residuals,
          riskFree: sample.riskFree,
        });
    const { names } = sample.factors;
    const split = parts?.ok ? parts.value : null;
    return ok({
      title: `Factor model of ${sample.subject}`,
      sample: sample.sample,
      conventions: [...sample.conventions, ...errorConventions(values, fit.lags)],
      figures: [
        ...fitFigures(found.value, periodsPerYear),
        ...residualFigures(sample, fit.residuals),
      ],
      tables: [
        coefficientTable(found.value, names),
        ...(split ? [shareTable(names, split)] : []),
        ...(sample.names.length > 1 ? [instrumentTable(sample)] : []),
      ],
      charts: chartsOf(sample, fit.fitted, betas),
      notes: [
        ...sample.notes,
        ...(parts && !parts.ok ? [parts.fault.detail] : []),
        ...(options.weights
          ? ['Weighted periods do not split the mean and the variance, so no shares are given.']
          : []),
      ],
    });
  },
});

interface ErrorValues {
  readonly errors: CovarianceKind;
  readonly lags: number | undefined;
  readonly smallSample: boolean;
  readonly halfLife: number | undefined;
}

function optionsOf({ errors, lags, smallSample, halfLife }: ErrorValues, n: number) {
  const options: RegressionOptions = {
    covariance: errors,
    smallSample,
    ...(lags === undefined ? {} : { lags }),
    ...(halfLife === undefined ? {} : { weights: fading(n, halfLife) }),
  };
  return options;
}

const errorConventions = (
  { errors, smallSample, halfLife }: ErrorValues,
  lags: number | null,
): string[] => [
  lags === null
    ? `Errors of the coefficients are ${errors}.`
    : `Errors of the coefficients are Newey–West of lag ${lags}${smallSample ? ', times n ÷ (n − k)' : ''}.`,
  ...(halfLife === undefined
    ? []
    : [`Periods are weighted: one of ${halfLife} periods ago counts for half.`]),
  'p-values are of Student’s t with n − k − 1 degrees; statsmodels takes the normal distribution for robust errors.',
];

const chartsOf = (
  { days, excess, factors }: FactorSubject,
  fitted: Float64Array,
  betas: Float64Array,
): Chart[] => [
  {
    id: 'explained',
    title: 'Return of each period, and what the factors explain of it',
    kind: 'line',
    x: along(days, excess.length),
    lines: [line('excess return', excess), line('explained', fitted)],
    unit: 'fraction',
  },
  {
    id: 'betas',
    title: 'Betas',
    kind: 'bars',
    x: factors.names,
    lines: [line('beta', betas)],
    unit: 'ratio',
  },
];

/** ½^(age ÷ half-life), the last period being of age 0; no age so great that its weight would vanish. */
const fading = (n: number, halfLife: number): Float64Array =>
  Float64Array.from({ length: n }, (_, t) => 2 ** Math.max(-500, (t - n + 1) / halfLife));

function residualFigures(sample: FactorSubject, residuals: Float64Array): Figure[] {
  const test = breuschPagan(withConstant(sample.factors.returns), residuals);
  const n = residuals.length;
  const lags = Math.min(10, n - 2);
  let sum = 0;
  for (let lag = 1; lag <= lags; lag++) sum += autocorrelation(residuals, lag) ** 2 / (n - lag);
  const box = n * (n + 2) * sum;
  const ljung = {
    formula: 'n (n + 2) Σ ρ_l² ÷ (n − l), χ²',
    source: 'Greta Ljung, George Box, On a measure of lack of fit in time series models, 1978',
  };
  const pagan = {
    formula: 'n × R² of e² on the factors, χ²',
    source: 'Roger Koenker, A note on studentizing a test for heteroscedasticity, 1981',
  };
  const still = 'the residuals do not vary';
  return [
    figure('durbin-watson', 'Durbin–Watson', durbinWatson(residuals), {
      unit: 'ratio',
      formula: 'Σ (eₜ − eₜ₋₁)² ÷ Σ eₜ²',
      source: 'James Durbin, Geoffrey Watson, Testing for serial correlation, 1950',
      why: still,
    }),
    figure('breusch-pagan', 'Breusch–Pagan', test?.statistic ?? Number.NaN, {
      unit: 'number',
      ...pagan,
      why: still,
    }),
    figure('breusch-pagan-p', 'p of Breusch–Pagan', test?.p ?? Number.NaN, {
      unit: 'fraction',
      ...pagan,
      why: still,
    }),
    figure('ljung-box', `Ljung–Box of ${lags} lags`, box, { unit: 'number', ...ljung, why: still }),
    figure(
      'ljung-box-p',
      'p of Ljung–Box',
      Number.isFinite(box) ? chiSquareSf(box, lags) : Number.NaN,
      { unit: 'fraction', ...ljung, why: still },
    ),
  ];
}

/** What each factor gave to the mean return and to the variance. */
function shareTable(names: readonly string[], split: FactorAttribution): ReportTable {
  const share = (part: number): Cell => cell(part / split.variance);
  return {
    id: 'shares',
    title: 'Where return and risk came from',
    columns: [
      { id: 'part', title: 'Part' },
      { id: 'mean', title: 'Mean return per period', unit: 'fraction' },
      { id: 'total', title: 'Of the whole return, linked', unit: 'fraction' },
      { id: 'variance', title: 'Share of the variance', unit: 'fraction' },
    ],
    rows: [
      ...names.map((name, j) => [
        name,
        split.mean[j],
        split.linkedFactors[j],
        share(split.varianceShares[j]),
      ]),
      ['alpha', split.alpha, split.linkedAlpha, 0],
      ['residual', 0, split.linkedResidual, share(split.residualVariance)],
      ['risk-free', null, split.linkedRiskFree, null],
    ],
  };
}

/** Each column on its own, all periods alike. The factors are known not to be collinear. */
function instrumentTable({ names, returns, riskFree, factors }: FactorSubject): ReportTable {
  const design = withConstant(factors.returns);
  return {
    id: 'instruments',
    title: 'Each instrument',
    columns: [
      { id: 'instrument', title: 'Instrument' },
      { id: 'alpha', title: 'Alpha per period', unit: 'fraction' },
      { id: 'alpha-t', title: 't of alpha', unit: 'number' },
      ...factors.names.map((name) => ({ id: name, title: name, unit: 'ratio' as const })),
      { id: 'r2', title: 'R²', unit: 'fraction' },
    ],
    rows: names.map((name, i) => {
      const excess = riskFree.map((free, t) => returns.data[t * names.length + i] - free);
      const fit = ordinaryLeastSquares(design, excess, { covariance: 'newey-west' });
      return [
        name,
        fit.coefficients[0],
        cell(fit.t[0]),
        ...fit.coefficients.subarray(1),
        cell(fit.r2),
      ];
    }),
  };
}
