import { calendarDays } from '../../statistics/calendar-days.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Annual return (by calendar days): (Π (1 + r))^(365 ÷ days) − 1. */
export default defineMetric({
  id: 'cagr-calendar',
  title: 'Annual return (by calendar days)',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: '(Π (1 + r))^(365 ÷ days) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  note: 'Days from the day before the first return to the last; from the first return’s where that is not known.',
  value: (s) => s.growth ** (365 / calendarDays(s)) - 1,
  otherwise: 'it spans no day',
});
