import { sortedTail } from '../../risk/historical.ts';
import { defineMetric } from '../../statistics/metric.ts';
import { meanOfGreatest } from '../../statistics/tails.ts';

/** Rachev ratio: mean of the best 5 % ÷ −mean of the worst 5 %. */
export default defineMetric({
  id: 'rachev',
  title: 'Rachev ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 20 },
  formula: 'mean of the best 5 % ÷ −mean of the worst 5 %',
  source: 'A. Biglova et al., Different approaches to risk estimation in portfolio theory, 2004',
  value: (s) => meanOfGreatest(s.returns, 0.95) / sortedTail(s.sorted, 0.95).cvar,
  otherwise: 'the lower tail is zero',
});
