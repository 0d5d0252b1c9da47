import { type Matrix, toRows } from '@plimsoll/quant/linear-algebra';
import { cell, cells, line } from '../../analysis/cells.ts';
import { estimate } from '../../analysis/estimate.ts';
import type { Chart, Figure, Report, ReportTable, Sample } from '../../analysis/report.ts';
import { deviationsOf, toCorrelation } from '../../covariance/correlation.ts';
import type { EstimatedCovariance } from '../../covariance/estimate-covariance.ts';
import type { CovarianceHealth } from '../../covariance/health.ts';

/** What the report of a covariance shows. */
export interface Reported {
  readonly names: readonly string[];
  readonly sample: Sample;
  readonly found: EstimatedCovariance;
  readonly health: CovarianceHealth;
  readonly periodsPerYear: number;
  readonly conventions: readonly string[];
  readonly notes: readonly string[];
  /** Of the method, after those that every method has. */
  readonly tables: readonly ReportTable[];
}

/** The matrices a year, and what says whether they may be inverted. */
export function covarianceReport(reported: Reported): Report {
  const { names, sample, found, health, periodsPerYear, conventions, notes } = reported;
  const correlation = toCorrelation(found.covariance);
  const yearly = toRows(found.covariance).map((row) => row.map((value) => value * periodsPerYear));
  const deviations = deviationsOf(found.covariance);
  return {
    title: 'Covariance and correlation',
    sample,
    conventions,
    figures: [...healthFigures(health), ...methodFigures(found)],
    tables: [
      {
        id: 'deviations',
        title: 'Volatility a year',
        columns: [
          { id: 'name', title: 'Name' },
          { id: 'deviation', title: 'Volatility', unit: 'fraction' },
        ],
        rows: names.map((name, i) => [name, cell(deviations[i] * Math.sqrt(periodsPerYear))]),
      },
      matrixTable('covariance', 'Covariance a year', names, yearly),
      matrixTable('correlation', 'Correlation', names, toRows(correlation)),
      ...reported.tables,
    ],
    charts: [heat(names, correlation), spectrum(health)],
    notes: [...notes, ...healthNotes(health, deviations, names)],
  };
}

const matrixTable = (
  id: string,
  title: string,
  names: readonly string[],
  rows: readonly (readonly number[])[],
): ReportTable => ({
  id,
  title,
  columns: [
    { id: 'name', title: 'Name' },
    ...names.map((name) => ({ id: name, title: name, unit: 'number' as const })),
  ],
  rows: rows.map((row, i) => [names[i], ...cells(row)]),
});

const heat = (names: readonly string[], correlation: Matrix): Chart => ({
  id: 'correlation',
  title: 'Correlation',
  kind: 'heat',
  x: names,
  lines: toRows(correlation).map((row, i) => line(names[i], row)),
  unit: 'ratio',
});

const spectrum = ({ eigenvalues }: CovarianceHealth): Chart => ({
  id: 'eigenvalues',
  title: 'Eigenvalues of the covariance per period, largest first',
  kind: 'bars',
  x: Array.from(eigenvalues, (_, i) => i + 1),
  lines: [{ name: 'Eigenvalue', values: Array.from(eigenvalues).reverse() }],
  unit: 'number',
});

function healthFigures(health: CovarianceHealth): Figure[] {
  const { eigenvalues } = health;
  const singular = 'the matrix is singular or has a negative eigenvalue';
  return [
    {
      id: 'condition-number',
      title: 'Condition number',
      ...estimate(health.conditionNumber, singular),
      unit: 'ratio',
      formula: 'κ = λ_max ÷ λ_min',
      source: 'Golub and Van Loan, Matrix Computations, 2013, §2.6',
    },
    {
      id: 'least-eigenvalue',
      title: 'Least eigenvalue',
      ...estimate(eigenvalues[0], 'there is no eigenvalue'),
      unit: 'number',
      formula: 'λ_min of the covariance per period',
    },
    {
      id: 'largest-eigenvalue',
      title: 'Largest eigenvalue',
      ...estimate(eigenvalues[eigenvalues.length - 1], 'there is no eigenvalue'),
      unit: 'number',
      formula: 'λ_max of the covariance per period',
    },
    {
      id: 'trace',
      title: 'Total variance',
      ...estimate(health.trace, 'the matrix is empty'),
      unit: 'number',
      formula: 'tr S = Σ sᵢᵢ, per period',
    },
    {
      id: 'log-determinant',
      title: 'Log determinant',
      ...estimate(health.logDeterminant, singular),
      unit: 'number',
      formula: 'log det S = Σ log λᵢ, per period',
    },
  ];
}

function methodFigures(found: EstimatedCovariance): Figure[] {
  const given: Figure[] = [];
  const add = (figure: Omit<Figure, 'value' | 'why'>, value: number | undefined): void => {
    if (value !== undefined) given.push({ ...figure, ...estimate(value, 'it is not finite') });
  };
  add(
    {
      id: 'shrinkage',
      title: 'Shrinkage intensity',
      unit: 'fraction',
      formula: 'δ in (1 − δ) S + δ F',
      source: 'Ledoit and Wolf, 2003 and 2004; Chen et al., 2010',
    },
    found.shrinkage,
  );
  add(
    {
      id: 'mean-correlation',
      title: 'Mean correlation',
      unit: 'ratio',
      formula: 'r̄ over all pairs',
    },
    found.meanCorrelation,
  );
  add(
    {
      id: 'noise-variance',
      title: 'Variance of the noise',
      unit: 'fraction',
      formula: 'σ² of the Marchenko–Pastur law',
      source: 'López de Prado, Machine Learning for Asset Managers, 2020, §2.4',
    },
    found.noiseVariance,
  );
  add(
    {
      id: 'noise-edge',
      title: 'Largest eigenvalue of noise',
      unit: 'number',
      formula: 'λ₊ = σ² (1 + √(n/T))²',
      source: 'Marchenko and Pastur, 1967',
    },
    found.edge,
  );
  add(
    {
      id: 'signals',
      title: 'Components of signal',
      unit: 'count',
      formula: 'eigenvalues of the correlations above λ₊',
    },
    found.signals,
  );
  return given;
}

function healthNotes(
  { isPsd, conditionNumber }: CovarianceHealth,
  deviations: Float64Array,
  names: readonly string[],
): string[] {
  const still = names.filter((_, i) => !(deviations[i] > 0));
  return [
    ...(isPsd
      ? []
      : ['The matrix is not positive semi-definite; ask for a repair before optimising.']),
    ...(conditionNumber === Number.POSITIVE_INFINITY
      ? ['The matrix is singular to working precision: it cannot be inverted.']
      : []),
    ...(still.length > 0
      ? [`${still.join(', ')} never moves: its correlations are not known.`]
      : []),
  ];
}
