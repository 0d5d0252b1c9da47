import { defineMetric } from '../../statistics/metric.ts';

/** Beta: cov(r − rf, b − rf) ÷ var(b − rf). */
export default defineMetric({
  id: 'beta',
  title: 'Beta',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'cov(r − rf, b − rf) ÷ var(b − rf)',
  source:
    'W. F. Sharpe, Capital asset prices: a theory of market equilibrium under conditions of risk, 1964',
  value: (s) => s.line.beta,
  otherwise: 'the benchmark does not vary',
});
