import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { fixedWeights } from '../../optimisation/fixed-weights.ts';

export default defineOptimiser({
  id: 'equal-weight',
  title: 'Equal weights',
  summary: 'The same weight for each.',
  formula: 'w = 1 ÷ n',
  source: 'DeMiguel, Garlappi and Uppal, Optimal Versus Naive Diversification, 2009',
  parameters: {},
  needs: [],
  keeps: [],
  reckons: [],
  allocate: ({ region, names }) =>
    fixedWeights(new Float64Array(names.length).fill(1), region, 'Equal weight'),
});
