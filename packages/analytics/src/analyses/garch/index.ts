import { ok, refuse } from '@plimsoll/kernel';
import { normalQuantile, studentTQuantile } from '@plimsoll/quant/distributions';
import {
  fitGarch,
  type GarchFit,
  garchForecast,
  ljungBox,
  newsImpact,
} from '@plimsoll/quant/time-series';
import { along, cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { observations } from '../../analysis/observations.ts';
import type { Chart, Figure, ReportTable } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';

const bollerslev =
  'Tim Bollerslev, Generalized autoregressive conditional heteroskedasticity, 1986';
const gjr =
  'Lawrence Glosten, Ravi Jagannathan and David Runkle, On the relation between the expected value and the volatility of the nominal excess return on stocks, 1993';

export default defineAnalysis({
  id: 'garch',
  group: 'forecasting',
  title: 'GARCH volatility',
  summary: 'How volatile the returns are now and will be, by a fitted GARCH(1,1) or GJR model.',
  input: {
    series: { kind: 'series', of: 'prices', title: 'Prices or returns' },
    model: {
      kind: 'choice',
      of: ['garch', 'gjr'],
      default: 'garch',
      title: 'Model',
      help: 'gjr lets falls weigh more than rises.',
    },
    density: {
      kind: 'choice',
      of: ['normal', 'student-t'],
      default: 'normal',
      title: 'Distribution of the shocks',
    },
    mean: { kind: 'choice', of: ['constant', 'zero'], default: 'constant', title: 'Mean' },
    start: {
      kind: 'choice',
      of: ['backcast', 'mean-square', 'unconditional'],
      default: 'backcast',
      title: 'First variance',
      help: 'backcast as the Python package arch, mean-square as R’s fGarch.',
    },
    steps: { kind: 'integer', min: 1, max: 1000, default: 20, unit: 'periods', title: 'Horizon' },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
    level: { kind: 'number', above: 0.5, below: 1, default: 0.95, title: 'Confidence of VaR' },
  },
  compute(values) {
    const read = observations(values.series, 'prices');
    if (!read.ok) return read;
    const { returns, days, name, missing } = read.value;
    const fit = fitGarch(returns, {
      asymmetric: values.model === 'gjr',
      density: values.density,
      mean: values.mean,
      start: values.start,
    });
    if (fit.why !== undefined) {
      return refuse({
        code: 'garch.unfit',
        detail: `${name} has no GARCH model: ${fit.why}; give a longer series of returns that vary.`,
      });
    }
    const year = values.periodsPerYear;
    const ahead = garchForecast(fit.parameters, fit.next, values.steps);
    return ok({
      title: `GARCH volatility of ${name}`,
      sample: sampleOf({ days, n: returns.length, missing }),
      conventions: [
        'Simple returns; maximum likelihood; the mean is constant or 0 and the model of order (1, 1).',
        `First variance by ${values.start}; shocks are ${values.density === 'normal' ? 'normal' : 'Student’s t scaled to variance 1'}.`,
        `A year has ${year} periods.`,
      ],
      figures: [...parameterFigures(fit), ...stateFigures(fit, year, values.level)],
      tables: [parameterTable(fit), forecastTable(ahead, year)],
      charts: charts(fit, days, ahead, year),
      notes: notes(fit, missing),
    });
  },
});

function parameterFigures(fit: GarchFit): Figure[] {
  const { mean, omega, alpha, gamma, beta, dof } = fit.parameters;
  const formula = 'σ²ₜ = ω + (α + γ 1[eₜ₋₁ < 0]) e²ₜ₋₁ + β σ²ₜ₋₁, eₜ = rₜ − μ';
  const source = fit.parameters.gamma === 0 ? bollerslev : gjr;
  return [
    figure('mean', 'Mean μ', mean, { unit: 'fraction', formula, source }),
    figure('omega', 'Constant ω', omega, { formula, source }),
    figure('alpha', 'Weight of the last shock α', alpha, { unit: 'ratio', formula, source }),
    figure('gamma', 'More weight of falls γ', gamma, { unit: 'ratio', formula, source }),
    figure('beta', 'Weight of the last variance β', beta, { unit: 'ratio', formula, source }),
    figure('degrees-of-freedom', 'Degrees of freedom ν', dof, {
      formula: 'of Student’s t',
      source: 'Tim Bollerslev, A conditionally heteroskedastic time series model, 1987',
      why: 'the shocks are normal',
    }),
  ];
}

function stateFigures(fit: GarchFit, year: number, level: number): Figure[] {
  const source = bollerslev;
  const { dof, mean } = fit.parameters;
  // Student's t has variance ν ÷ (ν − 2); its quantile is scaled back to variance 1.
  const z =
    dof === null
      ? normalQuantile(1 - level)
      : studentTQuantile(1 - level, dof) * Math.sqrt((dof - 2) / dof);
  const quiet = ljungBox(
    fit.standardised.map((each) => each * each),
    10,
  );
  return [
    figure('persistence', 'Persistence', fit.persistence, {
      unit: 'ratio',
      formula: 'α + γ/2 + β',
      source,
    }),
    figure('half-life', 'Half-life of a shock', Math.log(0.5) / Math.log(fit.persistence), {
      unit: 'periods',
      formula: 'ln ½ ÷ ln(α + γ/2 + β)',
      source,
      why: fit.persistence > 0.5 ? 'shocks never fade' : 'variance has no memory',
    }),
    figure('volatility-now', 'Volatility of the next period, a year', Math.sqrt(fit.next * year), {
      unit: 'fraction',
      formula: '√(σ²ₙ₊₁ × periods a year)',
      source,
    }),
    figure(
      'long-run-volatility',
      'Long-run volatility, a year',
      Math.sqrt(fit.unconditionalVariance * year),
      {
        unit: 'fraction',
        formula: '√(ω ÷ (1 − α − γ/2 − β) × periods a year)',
        source,
        why: 'persistence is 1: the variance has no long-run level',
      },
    ),
    figure(
      'value-at-risk',
      'VaR of the next period',
      Math.max(0, -(mean + z * Math.sqrt(fit.next))),
      {
        unit: 'fraction',
        formula: '−(μ + σₙ₊₁ q), q the quantile of the shocks at 1 − confidence',
        source:
          'Alexander McNeil, Rüdiger Frey and Paul Embrechts, Quantitative Risk Management, 2015, §4.2',
      },
    ),
    figure('log-likelihood', 'Log-likelihood', fit.logLikelihood, {
      formula: 'Σ ln f(rₜ | past)',
      source,
    }),
    figure('aic', 'AIC', fit.aic, { formula: '2k − 2ℓ', source: 'Hirotugu Akaike, 1974' }),
    figure('bic', 'BIC', fit.bic, { formula: 'k ln n − 2ℓ', source: 'Gideon Schwarz, 1978' }),
    figure(
      'ljung-box-squares-p',
      'Ljung–Box p of squared standardised shocks, 10 lags',
      quiet.why === undefined ? quiet.p : null,
      {
        unit: 'fraction',
        formula: 'χ² tail of n (n + 2) Σ ρₖ² ÷ (n − k)',
        source: 'Greta Ljung and George Box, 1978',
        note: 'Low values mean that volatility moves in ways the model leaves out.',
        ...(quiet.why === undefined ? {} : { why: quiet.why }),
      },
    ),
  ];
}

function parameterTable(fit: GarchFit): ReportTable {
  const names = ['mean', 'omega', 'alpha', 'gamma', 'beta', 'dof'] as const;
  return {
    id: 'parameters',
    title: 'Parameters',
    columns: [
      { id: 'parameter', title: 'Parameter' },
      { id: 'value', title: 'Value', unit: 'number' },
      { id: 'error', title: 'Standard error', unit: 'number' },
      { id: 'robust', title: 'Robust standard error', unit: 'number' },
    ],
    rows: names
      .filter((name) => fit.parameters[name] !== null)
      .map((name) => [
        name,
        fit.parameters[name],
        cell(fit.standardErrors?.[name]),
        cell(fit.robustErrors?.[name]),
      ]),
  };
}

function forecastTable(ahead: Float64Array, year: number): ReportTable {
  let sum = 0;
  return {
    id: 'forecast',
    title: 'Forecast',
    columns: [
      { id: 'step', title: 'Periods ahead', unit: 'periods' },
      { id: 'variance', title: 'Variance', unit: 'number' },
      { id: 'volatility', title: 'Volatility, a year', unit: 'fraction' },
      { id: 'whole', title: 'Volatility over the whole', unit: 'fraction' },
    ],
    rows: Array.from(ahead, (variance, i) => {
      sum += variance;
      return [i + 1, variance, Math.sqrt(variance * year), Math.sqrt(sum)];
    }),
  };
}

function charts<D extends string>(
  fit: GarchFit,
  days: readonly D[],
  ahead: Float64Array,
  year: number,
): Chart[] {
  // At the edge of persistence the long run is not known; the next variance is.
  const usual = fit.persistence < 0.9999 ? fit.unconditionalVariance : fit.next;
  const deviation = Math.sqrt(usual);
  const shocks = Float64Array.from({ length: 41 }, (_, i) => ((i - 20) / 5) * deviation);
  const yearly = (variance: number): number => Math.sqrt(variance * year);
  return [
    {
      id: 'volatility',
      title: 'Conditional volatility, a year',
      kind: 'line',
      x: along(days, fit.variances.length),
      lines: [{ name: 'Volatility', values: cells(fit.variances.map(yearly)) }],
      unit: 'fraction',
    },
    {
      id: 'forecast',
      title: 'Forecast volatility, a year',
      kind: 'line',
      x: Array.from(ahead, (_, i) => i + 1),
      lines: [{ name: 'Volatility', values: cells(ahead.map(yearly)) }],
      unit: 'fraction',
    },
    {
      id: 'news-impact',
      title: 'Next volatility after a return, a year',
      kind: 'line',
      x: Array.from(shocks),
      lines: [
        {
          name: 'Volatility',
          values: cells(newsImpact(fit.parameters, shocks, usual).map(yearly)),
        },
      ],
      unit: 'fraction',
    },
  ];
}

function notes(fit: GarchFit, missing: number): string[] {
  return [
    ...(missing > 0 ? [`${missing} values are missing; returns span or leave out the gaps.`] : []),
    ...(fit.converged ? [] : ['The search for the likeliest parameters did not come to rest.']),
    ...(fit.persistence > 0.9999
      ? ['Persistence is at its upper edge: the long-run volatility is hardly known.']
      : []),
    ...(fit.standardErrors === null
      ? ['The likelihood is not curved at its top, so that there are no standard errors.']
      : []),
  ];
}
