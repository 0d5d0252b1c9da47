import { ok } from '@plimsoll/kernel';
import { chiSquareSf } from '@plimsoll/quant/distributions';
import { breuschPagan, durbinWatson } from '@plimsoll/quant/regression';
import { autocorrelation } from '@plimsoll/quant/statistics';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Cell, Figure, ReportTable } from '../../analysis/report.ts';
import { coefficientTable, fitFigures } from '../../factors/coefficient-table.ts';
import { type FactorAttribution, factorAttribution } from '../../factors/factor-attribution.ts';
import {
  errorParameters,
  factorParameters,
  subjectParameters,
} from '../../factors/factor-input.ts';
import { factorRegression, withConstant } from '../../factors/factor-regression.ts';
import { type FactorSubject, factorSubject } from '../../factors/factor-sample.ts';
import { axis, cell, figure, line } from '../../factors/report-parts.ts';

/** Returns regressed on factors. */
export default defineAnalysis({
  id: 'factor-model',
  group: 'factors',
  title: 'Factor model',
  summary:
    'Alpha and betas to given factors (CAPM, Fama–French, Carhart or any), with robust errors, and how much of return and risk each factor explains.',
  input: { ...subjectParameters, ...factorParameters, ...errorParameters },
  compute(values) {
    const read = factorSubject(values);
    if (!read.ok) return read;
    const sample = read.value;
    const { errors, lags, smallSample, periodsPerYear } = values;
    const options = { covariance: errors, smallSample, ...(lags === undefined ? {} : { lags }) };
    const found = factorRegression(sample.excess, sample.factors, options);
    if (!found.ok) return found;
    const { fit, alpha, betas } = found.value;
    const parts = factorAttribution({
      alpha,
      betas,
      factors: sample.factors.returns,
      residuals: fit.residuals,
      riskFree: sample.riskFree,
    });
    const { names } = sample.factors;
    const split = parts.ok ? parts.value : null;
    return ok({
      title: `Factor model of ${sample.subject}`,
      sample: sample.sample,
      conventions: [
        ...sample.conventions,
        fit.lags === null
          ? `Errors of the coefficients are ${errors}.`
          : `Errors of the coefficients are Newey–West of lag ${fit.lags}${smallSample ? ', times n ÷ (n − k)' : ''}.`,
        'p-values are of Student’s t with n − k − 1 degrees; statsmodels takes the normal distribution for robust errors.',
      ],
      figures: [
        ...fitFigures(found.value, periodsPerYear),
        ...residualFigures(sample, fit.residuals),
      ],
      tables: [
        coefficientTable(found.value, names),
        ...(split ? [shareTable(names, split)] : []),
        ...(sample.names.length > 1 ? [instrumentTable(sample)] : []),
      ],
      charts: [
        {
          id: 'explained',
          title: 'Return of each period, and what the factors explain of it',
          kind: 'line',
          x: axis(sample.days, fit.n),
          lines: [line('excess return', sample.excess), line('explained', fit.fitted)],
          unit: 'fraction',
        },
        {
          id: 'betas',
          title: 'Betas',
          kind: 'bars',
          x: names,
          lines: [line('beta', betas)],
          unit: 'ratio',
        },
      ],
      notes: [...sample.notes, ...(parts.ok ? [] : [parts.fault.detail])],
    });
  },
});

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
    figure(
      {
        id: 'durbin-watson',
        title: 'Durbin–Watson',
        unit: 'ratio',
        formula: 'Σ (eₜ − eₜ₋₁)² ÷ Σ eₜ²',
        source: 'James Durbin, Geoffrey Watson, Testing for serial correlation, 1950',
      },
      durbinWatson(residuals),
      still,
    ),
    figure(
      { id: 'breusch-pagan', title: 'Breusch–Pagan', unit: 'number', ...pagan },
      test?.statistic ?? Number.NaN,
      still,
    ),
    figure(
      { id: 'breusch-pagan-p', title: 'p of Breusch–Pagan', unit: 'fraction', ...pagan },
      test?.p ?? Number.NaN,
      still,
    ),
    figure(
      { id: 'ljung-box', title: `Ljung–Box of ${lags} lags`, unit: 'number', ...ljung },
      box,
      still,
    ),
    figure(
      { id: 'ljung-box-p', title: 'p of Ljung–Box', unit: 'fraction', ...ljung },
      Number.isFinite(box) ? chiSquareSf(box, lags) : Number.NaN,
      still,
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

/** The same regression of each column on its own; columns that cannot be had are left empty. */
function instrumentTable({ names, returns, riskFree, factors }: FactorSubject): ReportTable {
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
      const fit = factorRegression(excess, factors, { covariance: 'newey-west' });
      if (!fit.ok) return [name, null, null, ...factors.names.map(() => null), null];
      const { alpha, betas } = fit.value;
      return [name, alpha, cell(fit.value.fit.t[0]), ...betas, cell(fit.value.fit.r2)];
    }),
  };
}
