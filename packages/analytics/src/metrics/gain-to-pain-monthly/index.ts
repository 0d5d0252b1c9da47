import { defineMetric } from '../../statistics/metric.ts';
import { monthlyGainToPain } from '../../statistics/monthly.ts';

/** Gain to pain by months: Σ m ÷ Σ max(0, −m), m by calendar month. */
export default defineMetric({
  id: 'gain-to-pain-monthly',
  title: 'Gain to pain by months',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, days: true },
  formula: 'Σ m ÷ Σ max(0, −m), m by calendar month',
  source: 'J. D. Schwager, Hedge fund market wizards, 2012',
  value: (s) => monthlyGainToPain(s),
  otherwise: 'no month is negative',
});
