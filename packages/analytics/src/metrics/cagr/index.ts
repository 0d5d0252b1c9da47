import { defineMetric } from '../../statistics/metric.ts';

/** Annual return (compounded): (Π (1 + r))^(p ÷ n) − 1, p periods a year. */
export default defineMetric({
  id: 'cagr',
  title: 'Annual return (compounded)',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: '(Π (1 + r))^(p ÷ n) − 1, p periods a year',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  note: 'By counted periods; a sample of less than a year is scaled up.',
  value: (s) => s.cagr,
  otherwise: 'it is beyond what a number can hold',
});
