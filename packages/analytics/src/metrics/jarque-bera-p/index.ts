import { defineMetric } from '../../statistics/metric.ts';
import { jarqueBera } from '../../statistics/normality.ts';

/** Chance of such a Jarque–Bera statistic: 1 − χ²(JB; 2) = exp(−JB ÷ 2). */
export default defineMetric({
  id: 'jarque-bera-p',
  title: 'Chance of such a Jarque–Bera statistic',
  section: 'distribution',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 3 },
  formula: '1 − χ²(JB; 2) = exp(−JB ÷ 2)',
  source:
    'C. M. Jarque, A. K. Bera, A test for normality of observations and regression residuals, 1987',
  note: 'Small means: not normal.',
  value: (s) => Math.exp(-jarqueBera(s) / 2),
  otherwise: 'the returns do not vary',
});
