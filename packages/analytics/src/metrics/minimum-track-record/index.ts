import { defineMetric } from '../../statistics/metric.ts';
import { minimumTrackRecord } from '../../statistics/sharpe-significance.ts';

/** Minimum track record: 1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)(z ÷ SR)², z at 95 %. */
export default defineMetric({
  id: 'minimum-track-record',
  title: 'Minimum track record',
  section: 'significance',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 4 },
  formula: '1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)(z ÷ SR)², z at 95 %',
  source: 'D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012',
  value: (s) => minimumTrackRecord(s.sharpeEstimate),
  otherwise: 'the Sharpe ratio is not above zero',
});
