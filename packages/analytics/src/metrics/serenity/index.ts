import { defineMetric } from '../../statistics/metric.ts';
import { serenity } from '../../statistics/serenity.ts';

/** Serenity index: Σ r ÷ (Ulcer index × −CVaR of the drawdowns ÷ deviation). */
export default defineMetric({
  id: 'serenity',
  title: 'Serenity index',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 3 },
  formula: 'Σ r ÷ (Ulcer index × −CVaR of the drawdowns ÷ deviation)',
  source: 'R. Aroussi, QuantStats, 2019',
  note: 'CVaR of the drawdowns: the mean of those deeper than their normal 95 % bound.',
  value: (s) => serenity(s),
  otherwise: 'it never fell',
});
