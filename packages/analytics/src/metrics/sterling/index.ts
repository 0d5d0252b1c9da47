import { defineMetric } from '../../statistics/metric.ts';

/** Sterling ratio: annual return ÷ (deepest drawdown + 10 %). */
export default defineMetric({
  id: 'sterling',
  title: 'Sterling ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'annual return ÷ (deepest drawdown + 10 %)',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.cagr / (s.path.deepest + 0.1),
  otherwise: 'there is no return',
});
