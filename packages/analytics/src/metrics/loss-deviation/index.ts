import { defineMetric } from '../../statistics/metric.ts';
import { lossDeviation } from '../../statistics/tails.ts';

/** Deviation of negative returns a year: √p × sample deviation of r where r < 0. */
export default defineMetric({
  id: 'loss-deviation',
  title: 'Deviation of negative returns a year',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: '√p × sample deviation of r where r < 0',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => lossDeviation(s.returns, s.sides.losses, s.sides.lost) * Math.sqrt(s.perYear),
  otherwise: 'fewer than two returns are negative',
});
