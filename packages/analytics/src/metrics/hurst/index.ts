import { hurstIndex } from '../../statistics/hurst-index.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Hurst index: log(R ÷ S) ÷ log n, R the range of Σ (r − r̄), S the sample deviation. */
export default defineMetric({
  id: 'hurst',
  title: 'Hurst index',
  section: 'distribution',
  unit: 'number',
  better: 'neither',
  needs: { observations: 3 },
  formula: 'log(R ÷ S) ÷ log n, R the range of Σ (r − r̄), S the sample deviation',
  source: 'H. E. Hurst, Long-term storage capacity of reservoirs, 1951',
  value: (s) => hurstIndex(s),
  otherwise: 'the returns do not vary',
});
