import { defineMetric } from '../../statistics/metric.ts';
import { sharpeStandardError } from '../../statistics/sharpe-significance.ts';

/** Standard error of the Sharpe ratio: √(p × (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) ÷ (n − 1)), SR per period. */
export default defineMetric({
  id: 'sharpe-standard-error',
  title: 'Standard error of the Sharpe ratio',
  section: 'significance',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 4 },
  formula: '√(p × (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) ÷ (n − 1)), SR per period',
  source: 'E. Mertens, Comments on variance of the IID estimator in Lo (2002), 2002',
  value: (s) => sharpeStandardError(s.sharpeEstimate) * Math.sqrt(s.perYear),
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
