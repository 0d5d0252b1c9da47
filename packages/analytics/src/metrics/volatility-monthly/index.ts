import { standardDeviation } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';
import { monthValues } from '../../statistics/monthly.ts';

/** Volatility of months a year: √12 × sample deviation of the calendar months. */
export default defineMetric({
  id: 'volatility-monthly',
  title: 'Volatility of months a year',
  section: 'calendar',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2, days: true },
  formula: '√12 × sample deviation of the calendar months',
  source: 'H. Markowitz, Portfolio selection, 1952',
  value: (s) => standardDeviation(monthValues(s)) * Math.sqrt(12),
  otherwise: 'there are fewer than two months',
});
