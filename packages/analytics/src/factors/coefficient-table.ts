import { cell } from '../analysis/cells.ts';
import { figure, notDefined } from '../analysis/figure.ts';
import type { Figure, ReportTable } from '../analysis/report.ts';
import type { FactorRegression } from './factor-regression.ts';

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
    figure('alpha', 'Alpha per period', alpha, {
      unit: 'fraction',
      formula: 'α of r − rf = α + Σ β_k f_k + e',
      source: jensen,
      why: notDefined,
    }),
    figure('alpha-annual', 'Alpha a year', (1 + alpha) ** periodsPerYear - 1, {
      unit: 'fraction',
      formula: '(1 + α)^periods − 1',
      source: jensen,
      note: 'Compounded; many tools multiply α by the periods instead.',
      why: notDefined,
    }),
    figure('alpha-annual-simple', 'Alpha a year, not compounded', alpha * periodsPerYear, {
      unit: 'fraction',
      formula: 'α × periods',
      source: jensen,
      why: notDefined,
    }),
    figure('alpha-t', 't of alpha', unlessExact(fit, fit.t[0]), {
      unit: 'number',
      formula: 'α ÷ se(α)',
      source: jensen,
      why: 'alpha has no error: the factors fit exactly',
    }),
    figure('alpha-p', 'p of alpha', unlessExact(fit, fit.p[0]), {
      unit: 'fraction',
      formula: '2 × P(T > |t|), n − k degrees',
      source: jensen,
      why: 'alpha has no error: the factors fit exactly',
    }),
    ...goodness(fit, periodsPerYear),
    ...criteria(fit),
  ];
}

const goodness = (fit: FactorRegression['fit'], periodsPerYear: number): Figure[] => [
  figure('r2', 'R²', fit.r2, {
    unit: 'fraction',
    formula: '1 − Σ e² ÷ Σ (r − r̄)²',
    source: ols,
    why: 'the returns do not vary',
  }),
  figure('adjusted-r2', 'Adjusted R²', fit.adjustedR2, {
    unit: 'fraction',
    formula: '1 − (1 − R²)(n − 1) ÷ (n − k − 1)',
    source: 'Henri Theil, Economic Forecasts and Policy, 1961',
    why: 'the returns do not vary',
  }),
  figure(
    'residual-volatility',
    'Residual volatility a year',
    fit.residualDeviation * Math.sqrt(periodsPerYear),
    { unit: 'fraction', formula: '√(Σ e² ÷ (n − k − 1)) × √periods', source: ols, why: notDefined },
  ),
  figure('f', 'F of all factors', unlessExact(fit, fit.f), {
    unit: 'number',
    formula: '((TSS − RSS) ÷ k) ÷ (RSS ÷ (n − k − 1)), classic',
    source: 'Ronald Fisher, Statistical Methods for Research Workers, 1925',
    why: 'the factors fit exactly, or the returns do not vary',
  }),
  figure('f-p', 'p of F', unlessExact(fit, fit.fP), {
    unit: 'fraction',
    formula: 'P(F(k, n − k − 1) > F)',
    source: 'Ronald Fisher, Statistical Methods for Research Workers, 1925',
    why: 'there is no F',
  }),
];

const criteria = (fit: FactorRegression['fit']): Figure[] => [
  figure('aic', 'AIC', unlessExact(fit, fit.aic), {
    unit: 'number',
    formula: '−2 ℓ + 2 (k + 1)',
    source: 'Hirotugu Akaike, A new look at the statistical model identification, 1974',
    why: 'the factors fit exactly',
  }),
  figure('bic', 'BIC', unlessExact(fit, fit.bic), {
    unit: 'number',
    formula: '−2 ℓ + (k + 1) ln n',
    source: 'Gideon Schwarz, Estimating the dimension of a model, 1978',
    why: 'the factors fit exactly',
  }),
];

/** Where nothing but rounding is left over, what is divided by it means nothing. */
const unlessExact = ({ r2 }: FactorRegression['fit'], value: number): number =>
  1 - r2 < 1e-13 ? Number.NaN : value;
