import { meanOf } from '../../statistics/mean-of.ts';
import { defineMetric } from '../../statistics/metric.ts';
import { monthValues } from '../../statistics/monthly.ts';

/** Average positive month: mean of the positive calendar months. */
export default defineMetric({
  id: 'average-up-month',
  title: 'Average positive month',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: 'mean of the positive calendar months',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => meanOf(monthValues(s).filter((value) => value > 0)),
  otherwise: 'no month is positive',
});
