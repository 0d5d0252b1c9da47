import { ok, refuse } from '@plimsoll/kernel';
import { ewmaVariance } from '@plimsoll/quant/time-series';
import { along, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { observations } from '../../analysis/observations.ts';
import { sampleOf } from '../../analysis/sample-of.ts';

const source = 'J. P. Morgan and Reuters, RiskMetrics — Technical Document, 1996, §5.2';
const formula = 'σ²ₜ₊₁ = λ σ²ₜ + (1 − λ) r²ₜ';

export default defineAnalysis({
  id: 'ewma-volatility',
  group: 'forecasting',
  title: 'Exponentially weighted volatility',
  summary: 'Volatility in which every return counts less the older it is.',
  input: {
    series: { kind: 'series', of: 'prices', title: 'Prices or returns' },
    decay: { kind: 'number', above: 0, below: 1, default: 0.94, title: 'Decay λ' },
    start: {
      kind: 'choice',
      of: ['mean-square', 'first-square'],
      default: 'mean-square',
      title: 'First variance',
    },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  },
  compute({ series, decay, start, periodsPerYear }) {
    const read = observations(series, 'prices');
    if (!read.ok) return read;
    const { returns, days, name, missing } = read.value;
    const n = returns.length;
    if (n < 2) {
      return refuse({
        code: 'ewma.too-few',
        detail: `${name} has ${n} returns; give two or more.`,
      });
    }
    const volatility = ewmaVariance(returns, { decay, start }).map((each) =>
      Math.sqrt(each * periodsPerYear),
    );
    const before = volatility.subarray(0, n);
    return ok({
      title: `Exponentially weighted volatility of ${name}`,
      sample: sampleOf({ days, n, missing }),
      conventions: [
        `Simple returns around 0, λ = ${decay}, first variance by ${start}; a year has ${periodsPerYear} periods.`,
      ],
      figures: [
        figure('volatility-now', 'Volatility of the next period, a year', volatility[n], {
          unit: 'fraction',
          formula,
          source,
        }),
        figure(
          'volatility-mean',
          'Mean volatility',
          before.reduce((sum, each) => sum + each / n, 0),
          {
            unit: 'fraction',
            formula: 'mean of √(σ²ₜ × periods a year)',
            source,
          },
        ),
        figure(
          'volatility-highest',
          'Highest volatility',
          before.reduce((a, b) => Math.max(a, b), 0),
          {
            unit: 'fraction',
            formula: 'largest of √(σ²ₜ × periods a year)',
            source,
          },
        ),
        figure('half-life', 'Half-life of a return', Math.log(0.5) / Math.log(decay), {
          unit: 'periods',
          formula: 'ln ½ ÷ ln λ',
          source,
        }),
      ],
      tables: [],
      charts: [
        {
          id: 'volatility',
          title: 'Volatility, a year',
          kind: 'line',
          x: along(days, n),
          lines: [{ name: 'Volatility', values: cells(before) }],
          unit: 'fraction',
        },
      ],
      notes:
        missing > 0 ? [`${missing} values are missing; returns span or leave out the gaps.`] : [],
    });
  },
});
