import { adjustedSharpe } from '../../statistics/adjusted-sharpe.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Adjusted Sharpe ratio: SR × (1 + γ₃ ÷ 6 × SR − (γ₄ − 3) ÷ 24 × SR²), SR a year. */
export default defineMetric({
  id: 'adjusted-sharpe',
  title: 'Adjusted Sharpe ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'SR × (1 + γ₃ ÷ 6 × SR − (γ₄ − 3) ÷ 24 × SR²), SR a year',
  source: 'J. Pézier, A. White, The relative merits of investable hedge fund indices, 2006',
  value: (s) => adjustedSharpe(s.sharpe * Math.sqrt(s.perYear), s.sharpeEstimate),
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
