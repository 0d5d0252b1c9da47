import { defineMetric } from '../../statistics/metric.ts';

/** Pain index: Σ d ÷ n. */
export default defineMetric({
  id: 'pain-index',
  title: 'Pain index',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'Σ d ÷ n',
  source:
    'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, p. 89 (after T. Becker)',
  value: (s) => s.path.sum / s.n,
  otherwise: 'there is no return',
});
