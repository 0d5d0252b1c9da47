import { calendarDays } from '../../statistics/calendar-days.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Annual return (by years of 365.25 days): (Π (1 + r))^(365.25 ÷ days) − 1. */
export default defineMetric({
  id: 'cagr-julian',
  title: 'Annual return (by years of 365.25 days)',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: '(Π (1 + r))^(365.25 ÷ days) − 1',
  source:
    'P. Morissette, ffn, 2014 (after G. Antonacci, Risk premia harvesting through dual momentum, 2016)',
  value: (s) => s.growth ** (365.25 / calendarDays(s)) - 1,
  otherwise: 'it spans no day',
});
