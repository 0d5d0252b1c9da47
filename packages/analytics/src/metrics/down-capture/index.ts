import { annualCapture } from '../../statistics/capture.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Down capture: annual compounded return over that of the benchmark, on periods in which it fell. */
export default defineMetric({
  id: 'down-capture',
  title: 'Down capture',
  section: 'benchmark',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 2, benchmark: true },
  formula: 'annual compounded return over that of the benchmark, on periods in which it fell',
  source: 'Quantopian, empyrical, 2016',
  value: (s) => annualCapture(s.down, s.perYear),
  otherwise: 'the benchmark never fell',
});
