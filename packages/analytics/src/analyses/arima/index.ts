import { ok, type Result, refuse } from '@plimsoll/kernel';
import { normalQuantile } from '@plimsoll/quant/distributions';
import {
  type ArimaFit,
  type ArimaSelection,
  arimaForecast,
  fitArima,
  ljungBox,
  selectArima,
} from '@plimsoll/quant/time-series';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { criteriaFigures } from '../../forecasting/criteria-figures.ts';
import { forecastChart, forecastTable } from '../../forecasting/forecast-parts.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const source =
  'Andrew Harvey, Time Series Models, 1993, §4; James Durbin and Siem Jan Koopman, Time Series Analysis by State Space Methods, 2012';

export default defineAnalysis({
  id: 'arima',
  group: 'forecasting',
  title: 'ARIMA forecast',
  summary: 'A forecast with bounds from an ARIMA model, its order given or chosen by AICc.',
  input: {
    ...seriesInput,
    order: {
      kind: 'choice',
      of: ['chosen', 'given'],
      default: 'chosen',
      title: 'Order',
      help: 'chosen takes the differences by KPSS tests and the lags by AICc.',
    },
    ar: { kind: 'integer', min: 0, max: 20, default: 1, title: 'Lags of the series p' },
    differences: { kind: 'integer', min: 0, max: 2, optional: true, title: 'Differences d' },
    ma: { kind: 'integer', min: 0, max: 20, default: 0, title: 'Lags of the shocks q' },
    constant: {
      kind: 'choice',
      of: ['automatic', 'yes', 'no'],
      default: 'automatic',
      title: 'Mean, or drift of differences',
      help: 'automatic has a mean where d is 0.',
    },
    most: {
      kind: 'integer',
      min: 0,
      max: 5,
      default: 3,
      title: 'Most lags that are tried',
      help: 'Of p and of q, where the order is chosen.',
    },
    steps: { kind: 'integer', min: 1, max: 1000, default: 12, unit: 'periods', title: 'Horizon' },
    level: { kind: 'number', above: 0, below: 1, default: 0.95, title: 'Share within the bounds' },
  },
  compute(values) {
    const read = readSeries(values.series, values.form);
    if (!read.ok) return read;
    const { name, sample, notes, values: x, days } = read.value;
    const d = values.differences ?? 0;
    const had: Result<{ readonly fit: ArimaFit; readonly tried: ArimaSelection['tried'] }> =
      values.order === 'given'
        ? granted(
            fitArima(x, {
              ar: values.ar,
              differences: d,
              ma: values.ma,
              constant: values.constant === 'automatic' ? d === 0 : values.constant === 'yes',
            }),
            name,
            (fit) => ({ fit, tried: [] }),
          )
        : granted(
            selectArima(x, {
              mostAr: values.most,
              mostMa: values.most,
              ...(values.differences === undefined ? {} : { differences: d }),
            }),
            name,
            ({ fit, tried }) => ({ fit, tried }),
          );
    if (!had.ok) return had;
    const { fit, tried } = had.value;
    const { mean, deviation } = arimaForecast(fit, values.steps);
    const z = normalQuantile((1 + values.level) / 2);
    const bounds = {
      mean,
      lower: mean.map((each, h) => each - z * deviation[h]),
      upper: mean.map((each, h) => each + z * deviation[h]),
    };
    const order = `ARIMA(${fit.ar.length}, ${fit.differences}, ${fit.ma.length})`;
    return ok({
      title: `${order} of ${name}`,
      sample,
      conventions: [
        `Modelled: ${values.form}. Exact Gaussian likelihood; ${fit.constant === null ? 'no mean' : 'with a mean'} of the differenced series.`,
        `Bounds hold ${values.level * 100} %, parameters taken as known.`,
      ],
      figures: figures(fit),
      tables: [
        coefficients(fit),
        forecastTable(bounds),
        ...(tried.length > 1 ? [candidates(tried)] : []),
      ],
      charts: [forecastChart(days, x, bounds, 'Forecast')],
      notes: [
        ...notes,
        ...(fit.converged
          ? []
          : [
              'The search for the likeliest parameters did not come to rest: others may be likelier yet; fewer lags make a surer fit.',
            ]),
      ],
    });
  },
});

function granted<T, U>(
  fitted: (T & { readonly why?: undefined }) | { readonly why: string },
  name: string,
  of: (fit: T) => U,
): Result<U> {
  return fitted.why === undefined
    ? ok(of(fitted))
    : refuse({
        code: 'arima.unfit',
        detail: `${name} has no ARIMA model: ${fitted.why}; give more values, or fewer lags and differences.`,
      });
}

function figures(fit: ArimaFit): Figure[] {
  const lags = Math.max(10, fit.ar.length + fit.ma.length + 1);
  const quiet = ljungBox(fit.standardised, lags, fit.ar.length + fit.ma.length);
  return [
    figure('p', 'Lags of the series p', fit.ar.length, { unit: 'count', formula: 'order', source }),
    figure('d', 'Differences d', fit.differences, { unit: 'count', formula: 'order', source }),
    figure('q', 'Lags of the shocks q', fit.ma.length, { unit: 'count', formula: 'order', source }),
    figure('constant', 'Mean of the differenced series', fit.constant, {
      formula: 'wₜ − μ = Σ φᵢ (wₜ₋ᵢ − μ) + εₜ + Σ θᵢ εₜ₋ᵢ',
      source,
      why: 'the model has no mean',
    }),
    figure('variance', 'Variance of the shocks σ²', fit.variance, {
      formula: 'Σ vₜ² ÷ Fₜ ÷ n',
      source,
    }),
    figure('log-likelihood', 'Log-likelihood', fit.logLikelihood, {
      formula: '−½ Σ [ln 2πσ²Fₜ + vₜ² ÷ σ²Fₜ]',
      source,
    }),
    ...criteriaFigures(fit),
    figure(
      'ljung-box-p',
      `Ljung–Box p of the residuals, ${lags} lags`,
      quiet.why === undefined ? quiet.p : null,
      {
        unit: 'fraction',
        formula: 'χ² tail, degrees lags − p − q',
        source: 'Greta Ljung and George Box, 1978',
        ...(quiet.why === undefined ? {} : { why: quiet.why }),
      },
    ),
  ];
}

function coefficients(fit: ArimaFit): ReportTable {
  const lead = fit.constant === null ? 0 : 1;
  const names = [
    ...(fit.constant === null ? [] : ['mean']),
    ...Array.from(fit.ar, (_, i) => `φ${i + 1}`),
    ...Array.from(fit.ma, (_, i) => `θ${i + 1}`),
  ];
  const found = [...(lead === 1 ? [fit.constant] : []), ...fit.ar, ...fit.ma];
  return {
    id: 'coefficients',
    title: 'Coefficients',
    columns: [
      { id: 'name', title: 'Coefficient' },
      { id: 'value', title: 'Value', unit: 'number' },
      { id: 'error', title: 'Standard error', unit: 'number' },
    ],
    rows: names.map((name, i) => [name, cell(found[i]), cell(fit.standardErrors?.[i])]),
  };
}

function candidates(tried: ArimaSelection['tried']): ReportTable {
  return {
    id: 'orders',
    title: 'Orders tried',
    columns: [
      { id: 'order', title: 'Order' },
      { id: 'mean', title: 'Mean' },
      { id: 'aicc', title: 'AICc', unit: 'number' },
    ],
    rows: tried.map(({ order, aicc }) => [
      `(${order.ar}, ${order.differences}, ${order.ma})`,
      order.constant ? 'yes' : 'no',
      cell(aicc),
    ]),
  };
}
