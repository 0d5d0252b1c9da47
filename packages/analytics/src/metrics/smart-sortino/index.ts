import { autocorrelationPenalty } from '../../statistics/autocorrelation-penalty.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Smart Sortino ratio: Sortino ratio ÷ √(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k = 1 … n − 1. */
export default defineMetric({
  id: 'smart-sortino',
  title: 'Smart Sortino ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 3 },
  formula: 'Sortino ratio ÷ √(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k = 1 … n − 1',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) =>
    ((s.aboveTarget / s.downsideDeviation) * Math.sqrt(s.perYear)) /
    autocorrelationPenalty(s.excess),
  otherwise: 'no return is below the target, or they do not vary',
});
