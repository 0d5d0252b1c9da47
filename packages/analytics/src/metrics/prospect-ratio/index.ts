import { meanOf } from '../../statistics/mean-of.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Prospect ratio: Σ (max(0, r) + 2.25 min(0, r) − target) ÷ (n × downside deviation). */
export default defineMetric({
  id: 'prospect-ratio',
  title: 'Prospect ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'Σ (max(0, r) + 2.25 min(0, r) − target) ÷ (n × downside deviation)',
  source:
    'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, p. 100 (after Y. Watanabe)',
  value: (s) =>
    ((s.sides.gained - 2.25 * s.sides.lost) / s.n - meanOf(s.target)) / s.downsideDeviation,
  otherwise: 'no return is below the target',
});
