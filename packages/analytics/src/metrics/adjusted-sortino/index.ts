import { defineMetric } from '../../statistics/metric.ts';

/** Sortino ratio ÷ √2: Sortino ratio ÷ √2, to stand beside Sharpe ratios. */
export default defineMetric({
  id: 'adjusted-sortino',
  title: 'Sortino ratio ÷ √2',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'Sortino ratio ÷ √2, to stand beside Sharpe ratios',
  source: 'J. D. Schwager, Hedge fund market wizards, 2012',
  value: (s) => (s.aboveTarget / s.downsideDeviation) * Math.sqrt(s.perYear / 2),
  otherwise: 'no return is below the target',
});
