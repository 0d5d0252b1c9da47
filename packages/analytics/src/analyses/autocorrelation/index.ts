import { ok, refuse } from '@plimsoll/kernel';
import { autocorrelation } from '@plimsoll/quant/statistics';
import { ljungBox, yuleWalker } from '@plimsoll/quant/time-series';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { cells, figure } from '../../forecasting/figures.ts';
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
    const regression = yuleWalker(x, order);
    const test = ljungBox(x, lags);
    const band = 1.959963984540054 / Math.sqrt(n);
    const mean = x.reduce((sum, each) => sum + each / n, 0);
    const next = regression.ar.reduce((sum, each, i) => sum + each * (x[n - 1 - i] - mean), mean);
    const at = Array.from({ length: lags }, (_, i) => i + 1);
    const bars = (id: string, title: string, values: Float64Array) =>
      ({
        id,
        title,
        kind: 'bars',
        x: at,
        lines: [{ name: title, values: cells(values) }],
        unit: 'ratio',
      }) as const;
    return ok({
      title: `Autocorrelation of ${name}`,
      sample,
      conventions: [
        'Autocovariances are divided by n; partial ones and the autoregression by Yule and Walker’s equations.',
      ],
      figures: [
        figure('first', 'Autocorrelation at lag 1', plain[0], {
          unit: 'ratio',
          formula: 'Σ (xₜ − x̄)(xₜ₋₁ − x̄) ÷ Σ (xₜ − x̄)²',
          source: box,
        }),
        figure(
          'ljung-box',
          `Ljung–Box Q, ${lags} lags`,
          test.why === undefined ? test.statistic : null,
          {
            formula: 'n (n + 2) Σ ρₖ² ÷ (n − k)',
            source:
              'Greta Ljung and George Box, On a measure of lack of fit in time series models, 1978',
            ...(test.why === undefined ? {} : { why: test.why }),
          },
        ),
        figure('ljung-box-p', `Ljung–Box p, ${lags} lags`, test.why === undefined ? test.p : null, {
          unit: 'fraction',
          formula: 'χ² tail',
          source:
            'Greta Ljung and George Box, On a measure of lack of fit in time series models, 1978',
          ...(test.why === undefined ? {} : { why: test.why }),
        }),
        figure('band', 'Band of no autocorrelation, 95 %', band, {
          unit: 'ratio',
          formula: '1.96 ÷ √n',
          source: box,
        }),
        figure('shock-variance', 'Variance that the autoregression leaves', regression.variance, {
          formula: 'γ₀ Π (1 − rₖ²)',
          source: 'Norman Levinson, 1947; James Durbin, 1960',
        }),
        figure('next', 'Next value by the autoregression', next, {
          formula: 'x̄ + Σ φᵢ (xₙ₊₁₋ᵢ − x̄)',
          source: box,
        }),
      ],
      tables: [
        {
          id: 'lags',
          title: 'By lag',
          columns: [
            { id: 'lag', title: 'Lag', unit: 'periods' },
            { id: 'plain', title: 'Autocorrelation', unit: 'ratio' },
            { id: 'partial', title: 'Partial autocorrelation', unit: 'ratio' },
          ],
          rows: at.map((lag, i) => [lag, plain[i], partial[i]]),
        },
        {
          id: 'autoregression',
          title: 'Autoregression',
          columns: [
            { id: 'lag', title: 'Lag', unit: 'periods' },
            { id: 'coefficient', title: 'φ', unit: 'number' },
          ],
          rows: Array.from(regression.ar, (each, i) => [i + 1, each]),
        },
      ],
      charts: [
        bars('plain', 'Autocorrelation', plain),
        bars('partial', 'Partial autocorrelation', partial),
      ],
      notes,
    });
  },
});
