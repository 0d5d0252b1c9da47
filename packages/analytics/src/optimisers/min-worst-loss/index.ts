import { scenarioOptimiser } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default scenarioOptimiser({
  id: 'min-worst-loss',
  title: 'Least worst loss',
  summary: 'The weights whose worst period is least bad.',
  formula: 'min maxₜ −rₜ·w',
  source: 'Young, A Minimax Portfolio Selection Rule, 1998',
  measure: 'worst',
});
