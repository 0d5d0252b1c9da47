import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-cdar',
  title: 'Least CDaR',
  summary: 'The weights whose mean drawdown at the worst times is least.',
  formula: 'min a + Σ max(dₜ − a, 0) ÷ (α T), dₜ = max(dₜ₋₁ − rₜ·w, 0)',
  source: 'Chekhlov, Uryasev and Zabarankin, Drawdown Measure in Portfolio Optimization, 2005',
  measure: 'cdar',
});
