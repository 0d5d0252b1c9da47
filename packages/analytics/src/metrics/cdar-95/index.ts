import { defineMetric } from '../../statistics/metric.ts';
import { meanOfGreatest } from '../../statistics/tails.ts';

/** Conditional drawdown at risk, 95 %: mean of the deepest 5 % of d. */
export default defineMetric({
  id: 'cdar-95',
  title: 'Conditional drawdown at risk, 95 %',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: 'mean of the deepest 5 % of d',
  source:
    'A. Chekhlov, S. Uryasev, M. Zabarankin, Drawdown measure in portfolio optimization, 2005',
  value: (s) => meanOfGreatest(s.path.depths, 0.95),
  otherwise: 'there are too few returns',
});
