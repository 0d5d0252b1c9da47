import { defineMetric } from '../../statistics/metric.ts';
import { jarqueBera } from '../../statistics/normality.ts';

/** Jarque–Bera statistic: n ÷ 6 × (γ₃² + (γ₄ − 3)² ÷ 4). */
export default defineMetric({
  id: 'jarque-bera',
  title: 'Jarque–Bera statistic',
  section: 'distribution',
  unit: 'number',
  better: 'lower',
  needs: { observations: 3 },
  formula: 'n ÷ 6 × (γ₃² + (γ₄ − 3)² ÷ 4)',
  source:
    'C. M. Jarque, A. K. Bera, A test for normality of observations and regression residuals, 1987',
  value: (s) => jarqueBera(s),
  otherwise: 'the returns do not vary',
});
