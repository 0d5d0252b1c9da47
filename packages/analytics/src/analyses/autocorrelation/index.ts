import { ok, refuse } from '@plimsoll/kernel';
import { autocorrelation } from '@plimsoll/quant/statistics';
import { ljungBox, yuleWalker } from '@plimsoll/quant/time-series';
import { cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Chart, Figure, ReportTable } from '../../analysis/report.ts';
import { figureOfFit } from '../../forecasting/figure-of-fit.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const box = 'George Box and Gwilym Jenkins, Time Series Analysis, 1970';

export default defineAnalysis({
  id: 'autocorrelation',
  group: 'forecasting',
  title: 'Autocorrelation',
  summary:
    'How a series depends on its own past: plain and partial autocorrelations and an autoregression.',
  input: {
    ...seriesInput,
    lags: { kind: 'integer', min: 1, max: 500, default: 20, title: 'Lags' },
    order: { kind: 'integer', min: 0, max: 100, default: 1, title: 'Order of the autoregression' },
  },
  compute({ series, form, lags, order }) {
    const read = readSeries(series, form);
    if (!read.ok) return read;
    const { name, sample, notes, values: x } = read.value;
    const n = x.length;
    const most = Math.max(lags, order);
    if (n < most + 2) {
      return refuse({
        code: 'autocorrelation.too-few',
        detail: `${name} has ${n} values; give ${most + 2} or more for ${most} lags.`,
      });
    }
    const plain = Float64Array.from({ length: lags }, (_, i) => autocorrelation(x, i + 1));
    if (!plain.every(Number.isFinite)) {
      return refuse({
        code: 'autocorrelation.constant',
        detail: `${name} does not vary, so that nothing correlates.`,
      });
    }
    const { partial } = yuleWalker(x, lags);
    return ok({
      title: `Autocorrelation of ${name}`,
      sample,
      conventions: [
        'Autocovariances are divided by n; partial ones and the autoregression by Yule and Walker’s equations.',
      ],
      figures: [...pastFigures(x, plain), ...regressionFigures(x, order)],
      tables: [lagTable(plain, partial), regressionTable(x, order)],
      charts: [
        bars('plain', 'Autocorrelation', plain),
        bars('partial', 'Partial autocorrelation', partial),
      ],
      notes,
    });
  },
});

function pastFigures(x: Float64Array, plain: Float64Array): Figure[] {
  const lags = plain.length;
  const test = ljungBox(x, lags);
  const source =
    'Greta Ljung and George Box, On a measure of lack of fit in time series models, 1978';
  return [
    figure('first', 'Autocorrelation at lag 1', plain[0], {
      unit: 'ratio',
      formula: 'Σ (xₜ − x̄)(xₜ₋₁ − x̄) ÷ Σ (xₜ − x̄)²',
      source: box,
    }),
    figureOfFit('ljung-box', `Ljung–Box Q, ${lags} lags`, test, {
      of: ({ statistic }) => statistic,
      formula: 'n (n + 2) Σ ρₖ² ÷ (n − k)',
      source,
    }),
    figureOfFit('ljung-box-p', `Ljung–Box p, ${lags} lags`, test, {
      of: ({ p }) => p,
      unit: 'fraction',
      formula: 'χ² tail',
      source,
    }),
    figure('band', 'Band of no autocorrelation, 95 %', 1.959963984540054 / Math.sqrt(x.length), {
      unit: 'ratio',
      formula: '1.96 ÷ √n',
      source: box,
    }),
  ];
}

function regressionFigures(x: Float64Array, order: number): Figure[] {
  const n = x.length;
  const { ar, variance } = yuleWalker(x, order);
  const mean = x.reduce((sum, each) => sum + each / n, 0);
  const next = ar.reduce((sum, each, i) => sum + each * (x[n - 1 - i] - mean), mean);
  return [
    figure('shock-variance', 'Variance that the autoregression leaves', variance, {
      formula: 'γ₀ Π (1 − rₖ²)',
      source: 'Norman Levinson, 1947; James Durbin, 1960',
    }),
    figure('next', 'Next value by the autoregression', next, {
      formula: 'x̄ + Σ φᵢ (xₙ₊₁₋ᵢ − x̄)',
      source: box,
    }),
  ];
}

const lagTable = (plain: Float64Array, partial: Float64Array): ReportTable => ({
  id: 'lags',
  title: 'By lag',
  columns: [
    { id: 'lag', title: 'Lag', unit: 'periods' },
    { id: 'plain', title: 'Autocorrelation', unit: 'ratio' },
    { id: 'partial', title: 'Partial autocorrelation', unit: 'ratio' },
  ],
  rows: Array.from(plain, (each, i) => [i + 1, each, partial[i]]),
});

const regressionTable = (x: Float64Array, order: number): ReportTable => ({
  id: 'autoregression',
  title: 'Autoregression',
  columns: [
    { id: 'lag', title: 'Lag', unit: 'periods' },
    { id: 'coefficient', title: 'φ', unit: 'number' },
  ],
  rows: Array.from(yuleWalker(x, order).ar, (each, i) => [i + 1, each]),
});

const bars = (id: string, title: string, values: Float64Array): Chart => ({
  id,
  title,
  kind: 'bars',
  x: Array.from(values, (_, i) => i + 1),
  lines: [{ name: title, values: cells(values) }],
  unit: 'ratio',
});
