import { defineMetric } from '../../statistics/metric.ts';
import { stability } from '../../statistics/stability.ts';

/** Stability of growth: R² of log W over time. */
export default defineMetric({
  id: 'stability',
  title: 'Stability of growth',
  section: 'distribution',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 3 },
  formula: 'R² of log W over time',
  source: 'Quantopian, empyrical, 2016',
  value: (s) => stability(s),
  otherwise: 'the returns do not vary about a straight line, or everything was lost',
});
