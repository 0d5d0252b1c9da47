import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-average-drawdown',
  title: 'Least average drawdown',
  summary: 'The weights whose drawdown over the scenarios is least on average.',
  formula: 'min Σ dₜ ÷ T, dₜ = max(dₜ₋₁ − rₜ·w, 0)',
  source: 'Chekhlov, Uryasev and Zabarankin, Drawdown Measure in Portfolio Optimization, 2005',
  measure: 'average-drawdown',
});
