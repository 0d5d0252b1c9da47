import { studentTCdf } from '@plimsoll/quant/distributions';
import { defineMetric } from '../../statistics/metric.ts';

/** Chance of beating the benchmark: Student’s t of √n × mean(r − b) ÷ sample deviation(r − b), n − 1 degrees of freedom. */
export default defineMetric({
  id: 'outperformance-chance',
  title: 'Chance of beating the benchmark',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 3, benchmark: true },
  formula: 'Student’s t of √n × mean(r − b) ÷ sample deviation(r − b), n − 1 degrees of freedom',
  source:
    'P. Morissette, ffn, 2014 (after G. Antonacci, Risk premia harvesting through dual momentum, 2016)',
  value: (s) => studentTCdf((s.active.mean / s.activeDeviation) * Math.sqrt(s.n), s.n - 1),
  otherwise: 'the returns do not differ from the benchmark but by a constant',
});
