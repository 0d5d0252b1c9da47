import { defineMetric } from '../../statistics/metric.ts';

/** Return ÷ risk a period: r̄ ÷ sample deviation. */
export default defineMetric({
  id: 'return-risk-ratio',
  title: 'Return ÷ risk a period',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'r̄ ÷ sample deviation',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => s.moments.mean / s.deviation,
  otherwise: 'the returns do not vary',
});
