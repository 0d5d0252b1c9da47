import { autocorrelationPenalty } from '../../statistics/autocorrelation-penalty.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Smart Sharpe ratio: Sharpe ratio ÷ √(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k = 1 … n − 1. */
export default defineMetric({
  id: 'smart-sharpe',
  title: 'Smart Sharpe ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 3 },
  formula: 'Sharpe ratio ÷ √(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k = 1 … n − 1',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => (s.sharpe * Math.sqrt(s.perYear)) / autocorrelationPenalty(s.excess),
  otherwise: 'the returns do not vary',
});
