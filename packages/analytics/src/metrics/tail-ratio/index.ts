import { defineMetric } from '../../statistics/metric.ts';

/** Tail ratio: |quantile at 0.95| ÷ |quantile at 0.05|. */
export default defineMetric({
  id: 'tail-ratio',
  title: 'Tail ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '|quantile at 0.95| ÷ |quantile at 0.05|',
  source: 'Quantopian, empyrical, 2016',
  value: (s) => Math.abs(s.quantile(0.95)) / Math.abs(s.quantile(0.05)),
  otherwise: 'the lower tail is zero',
});
