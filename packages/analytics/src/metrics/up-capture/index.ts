import { annualCapture } from '../../statistics/capture.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Up capture: annual compounded return over that of the benchmark, on periods in which it rose. */
export default defineMetric({
  id: 'up-capture',
  title: 'Up capture',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'annual compounded return over that of the benchmark, on periods in which it rose',
  source: 'Quantopian, empyrical, 2016',
  value: (s) => annualCapture(s.up, s.perYear),
  otherwise: 'the benchmark never rose',
});
