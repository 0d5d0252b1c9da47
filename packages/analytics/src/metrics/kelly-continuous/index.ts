import { defineMetric } from '../../statistics/metric.ts';

/** Kelly leverage (mean over variance): mean(r − rf) ÷ sample variance(r). */
export default defineMetric({
  id: 'kelly-continuous',
  title: 'Kelly leverage (mean over variance)',
  section: 'winning',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2 },
  formula: 'mean(r − rf) ÷ sample variance(r)',
  source:
    'E. O. Thorp, The Kelly criterion in blackjack, sports betting and the stock market, 2006',
  value: (s) => s.excessMoments.mean / s.deviation ** 2,
  otherwise: 'the returns do not vary',
});
