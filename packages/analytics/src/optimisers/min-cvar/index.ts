import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-cvar',
  title: 'Least CVaR',
  summary: 'The weights whose mean loss in the worst periods is least.',
  formula: 'min a + Σ max(−rₜ·w − a, 0) ÷ (α T)',
  source: 'Rockafellar and Uryasev, Optimization of Conditional Value-at-Risk, 2000',
  measure: 'cvar',
});
