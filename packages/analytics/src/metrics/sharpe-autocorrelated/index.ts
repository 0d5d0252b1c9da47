import { defineMetric } from '../../statistics/metric.ts';
import { autocorrelatedSharpeScale } from '../../statistics/sharpe-significance.ts';

/** Sharpe ratio with autocorrelation: mean ÷ deviation × p ÷ √(p + 2 Σ (p − k) ρₖ), k = 1 … 5. */
export default defineMetric({
  id: 'sharpe-autocorrelated',
  title: 'Sharpe ratio with autocorrelation',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 12 },
  formula: 'mean ÷ deviation × p ÷ √(p + 2 Σ (p − k) ρₖ), k = 1 … 5',
  source: 'A. W. Lo, The statistics of Sharpe ratios, 2002',
  note: 'Five lags.',
  value: (s) =>
    s.sharpe *
    autocorrelatedSharpeScale(
      Float64Array.from([1, 2, 3, 4, 5], (lag) => s.autocorrelation(lag)),
      s.perYear,
    ),
  otherwise: 'the returns do not vary, or reverses too strongly',
});
