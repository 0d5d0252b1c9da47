import { battingAverage } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Batting average: #(r > b) ÷ n. */
export default defineMetric({
  id: 'batting-average',
  title: 'Batting average',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: '#(r > b) ÷ n',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => battingAverage(s),
  otherwise: 'there is no return',
});
