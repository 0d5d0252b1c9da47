import { defineMetric } from '../../statistics/metric.ts';

/** Ulcer index: √(Σ d² ÷ n). */
export default defineMetric({
  id: 'ulcer-index',
  title: 'Ulcer index',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '√(Σ d² ÷ n)',
  source: 'P. G. Martin, B. B. McCann, The investor’s guide to Fidelity funds, 1989',
  value: (s) => Math.sqrt(s.path.squares / s.n),
  otherwise: 'there is no return',
});
