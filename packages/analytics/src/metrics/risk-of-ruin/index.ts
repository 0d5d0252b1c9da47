import { defineMetric } from '../../statistics/metric.ts';
import { riskOfRuin } from '../../statistics/win-statistics.ts';

/** Risk of ruin: ((1 − win rate) ÷ (1 + win rate))ⁿ. */
export default defineMetric({
  id: 'risk-of-ruin',
  title: 'Risk of ruin',
  section: 'winning',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '((1 − win rate) ÷ (1 + win rate))ⁿ',
  source: 'N. J. Balsara, Money management strategies for futures traders, 1992',
  value: (s) => riskOfRuin(s),
  otherwise: 'every return is zero',
});
