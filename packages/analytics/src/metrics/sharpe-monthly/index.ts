import { defineMetric } from '../../statistics/metric.ts';
import { monthlySharpe } from '../../statistics/monthly.ts';

/** Sharpe ratio of months: √12 × mean ÷ sample deviation of the calendar months less the risk-free rate. */
export default defineMetric({
  id: 'sharpe-monthly',
  title: 'Sharpe ratio of months',
  section: 'calendar',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, days: true },
  formula: '√12 × mean ÷ sample deviation of the calendar months less the risk-free rate',
  source: 'W. F. Sharpe, The Sharpe ratio, 1994',
  value: (s) => monthlySharpe(s),
  otherwise: 'the months do not vary, or there are fewer than two',
});
