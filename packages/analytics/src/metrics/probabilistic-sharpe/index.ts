import { defineMetric } from '../../statistics/metric.ts';
import { probabilisticSharpe } from '../../statistics/sharpe-significance.ts';

/** Probabilistic Sharpe ratio: Φ(SR × √(n − 1) ÷ √(1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)), SR per period. */
export default defineMetric({
  id: 'probabilistic-sharpe',
  title: 'Probabilistic Sharpe ratio',
  section: 'significance',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 4 },
  formula: 'Φ(SR × √(n − 1) ÷ √(1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)), SR per period',
  source: 'D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012',
  note: 'Chance that the true ratio is above zero.',
  value: (s) => probabilisticSharpe(s.sharpeEstimate),
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
