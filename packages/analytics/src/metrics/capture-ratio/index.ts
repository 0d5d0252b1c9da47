import { annualCapture } from '../../statistics/capture.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Capture ratio: up capture ÷ down capture. */
export default defineMetric({
  id: 'capture-ratio',
  title: 'Capture ratio',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'up capture ÷ down capture',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => annualCapture(s.up, s.perYear) / annualCapture(s.down, s.perYear),
  otherwise: 'the benchmark never rose, or never fell',
});
