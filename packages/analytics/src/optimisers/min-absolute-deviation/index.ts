import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-absolute-deviation',
  title: 'Least mean absolute deviation',
  summary: 'The weights whose return is nearest to its mean on average.',
  formula: 'min (1 ÷ T) Σ |(rₜ − r̄)·w|',
  source: 'Konno and Yamazaki, Mean-Absolute Deviation Portfolio Optimization Model, 1991',
  measure: 'mean-absolute-deviation',
});
