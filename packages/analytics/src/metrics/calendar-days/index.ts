import { calendarDays } from '../../statistics/calendar-days.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Calendar days: last day − day before the first return. */
export default defineMetric({
  id: 'calendar-days',
  title: 'Calendar days',
  section: 'return',
  unit: 'days',
  better: 'neither',
  needs: { observations: 1, days: true },
  formula: 'last day − day before the first return',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => calendarDays(s),
  otherwise: 'it spans no day',
});
