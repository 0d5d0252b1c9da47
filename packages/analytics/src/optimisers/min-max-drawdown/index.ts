import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-max-drawdown',
  title: 'Least greatest drawdown',
  summary: 'The weights whose greatest drawdown over the scenarios is least.',
  formula: 'min maxₜ dₜ, dₜ = max(dₜ₋₁ − rₜ·w, 0)',
  source: 'Chekhlov, Uryasev and Zabarankin, Drawdown Measure in Portfolio Optimization, 2005',
  measure: 'max-drawdown',
});
