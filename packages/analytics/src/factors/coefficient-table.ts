import type { Figure, ReportTable } from '../analysis/report.ts';
import type { FactorRegression } from './factor-regression.ts';
import { cell, figure } from './report-parts.ts';

/** Alpha and betas with their errors, one row each. */
export function coefficientTable(
  { fit, inflation }: FactorRegression,
  names: readonly string[],
): ReportTable {
  return {
    id: 'coefficients',
    title: 'Coefficients',
    columns: [
      { id: 'factor', title: 'Factor' },
      { id: 'coefficient', title: 'Coefficient', unit: 'ratio' },
      { id: 'error', title: 'Standard error', unit: 'ratio' },
      { id: 't', title: 't', unit: 'number' },
      { id: 'p', title: 'p', unit: 'fraction' },
      { id: 'inflation', title: 'Variance inflation', unit: 'ratio' },
    ],
    rows: ['alpha', ...names].map((name, j) => [
      name,
      fit.coefficients[j],
      cell(fit.standardErrors[j]),
      cell(fit.t[j]),
      cell(fit.p[j]),
      j === 0 ? null : cell(inflation[j - 1]),
    ]),
  };
}

const ols =
  'Eugene Fama, Kenneth French, Common risk factors in the returns on stocks and bonds, 1993';
const jensen = 'Michael Jensen, The performance of mutual funds in the period 1945–1964, 1968';

/** Alpha, how sure it is, and how well the factors fit. */
export function fitFigures({ fit, alpha }: FactorRegression, periodsPerYear: number): Figure[] {
  return [
    figure(
      {
        id: 'alpha',
        title: 'Alpha per period',
        unit: 'fraction',
        formula: 'α of r − rf = α + Σ β_k f_k + e',
        source: jensen,
      },
      alpha,
    ),
    figure(
      {
        id: 'alpha-annual',
        title: 'Alpha a year',
        unit: 'fraction',
        formula: '(1 + α)^periods − 1',
        source: jensen,
        note: 'Compounded; many tools multiply α by the periods instead.',
      },
      (1 + alpha) ** periodsPerYear - 1,
    ),
    figure(
      {
        id: 'alpha-annual-simple',
        title: 'Alpha a year, not compounded',
        unit: 'fraction',
        formula: 'α × periods',
        source: jensen,
      },
      alpha * periodsPerYear,
    ),
    figure(
      { id: 'alpha-t', title: 't of alpha', unit: 'number', formula: 'α ÷ se(α)', source: jensen },
      unlessExact(fit, fit.t[0]),
      'alpha has no error: the factors fit exactly',
    ),
    figure(
      {
        id: 'alpha-p',
        title: 'p of alpha',
        unit: 'fraction',
        formula: '2 × P(T > |t|), n − k degrees',
        source: jensen,
      },
      unlessExact(fit, fit.p[0]),
      'alpha has no error: the factors fit exactly',
    ),
    ...goodness(fit, periodsPerYear),
    ...criteria(fit),
  ];
}

const goodness = (fit: FactorRegression['fit'], periodsPerYear: number): Figure[] => [
  figure(
    {
      id: 'r2',
      title: 'R²',
      unit: 'fraction',
      formula: '1 − Σ e² ÷ Σ (r − r̄)²',
      source: ols,
    },
    fit.r2,
    'the returns do not vary',
  ),
  figure(
    {
      id: 'adjusted-r2',
      title: 'Adjusted R²',
      unit: 'fraction',
      formula: '1 − (1 − R²)(n − 1) ÷ (n − k − 1)',
      source: 'Henri Theil, Economic Forecasts and Policy, 1961',
    },
    fit.adjustedR2,
    'the returns do not vary',
  ),
  figure(
    {
      id: 'residual-volatility',
      title: 'Residual volatility a year',
      unit: 'fraction',
      formula: '√(Σ e² ÷ (n − k − 1)) × √periods',
      source: ols,
    },
    fit.residualDeviation * Math.sqrt(periodsPerYear),
  ),
  figure(
    {
      id: 'f',
      title: 'F of all factors',
      unit: 'number',
      formula: '((TSS − RSS) ÷ k) ÷ (RSS ÷ (n − k − 1)), classic',
      source: 'Ronald Fisher, Statistical Methods for Research Workers, 1925',
    },
    unlessExact(fit, fit.f),
    'the factors fit exactly, or the returns do not vary',
  ),
  figure(
    {
      id: 'f-p',
      title: 'p of F',
      unit: 'fraction',
      formula: 'P(F(k, n − k − 1) > F)',
      source: 'Ronald Fisher, Statistical Methods for Research Workers, 1925',
    },
    unlessExact(fit, fit.fP),
    'there is no F',
  ),
];

const criteria = (fit: FactorRegression['fit']): Figure[] => [
  figure(
    {
      id: 'aic',
      title: 'AIC',
      unit: 'number',
      formula: '−2 ℓ + 2 (k + 1)',
      source: 'Hirotugu Akaike, A new look at the statistical model identification, 1974',
    },
    unlessExact(fit, fit.aic),
    'the factors fit exactly',
  ),
  figure(
    {
      id: 'bic',
      title: 'BIC',
      unit: 'number',
      formula: '−2 ℓ + (k + 1) ln n',
      source: 'Gideon Schwarz, Estimating the dimension of a model, 1978',
    },
    unlessExact(fit, fit.bic),
    'the factors fit exactly',
  ),
];

/** Where nothing but rounding is left over, what is divided by it means nothing. */
const unlessExact = ({ r2 }: FactorRegression['fit'], value: number): number =>
  1 - r2 < 1e-13 ? Number.NaN : value;
