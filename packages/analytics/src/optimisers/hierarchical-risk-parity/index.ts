import { refuse } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { hierarchicalRiskParity } from '../../optimisation/hierarchical/hierarchical-risk-parity.ts';
import { treeOf, treeParameters } from '../../optimisation/hierarchical/tree-of-request.ts';
import { ruledAllocation } from '../../optimisation/ruled-allocation.ts';
import { tailParameter } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default defineOptimiser({
  id: 'hierarchical-risk-parity',
  title: 'Hierarchical risk parity',
  summary:
    'Weight is halved down a list of instruments ordered by likeness, against the risk of each half.',
  formula: 'α = 1 − risk(left) ÷ (risk(left) + risk(right)) at each halving',
  source: 'López de Prado, Building Diversified Portfolios that Outperform Out-of-Sample, 2016',
  parameters: { ...treeParameters, ...tailParameter },
  needs: ['covariance'],
  keeps: [],
  reckons: [],
  allocate(request, values) {
    const found = treeOf(request, values, 'single');
    if (!found.ok) return found;
    const { order, inputs } = found.value;
    const weights = hierarchicalRiskParity(order, inputs);
    if (!weights.every(Number.isFinite)) {
      const detail = `Some cluster has no ${inputs.measure} in these scenarios; take variance as the risk of clusters.`;
      return refuse({ code: 'hierarchical.no-risk', detail });
    }
    const names = Array.from(order, (i) => request.names[i]);
    return ruledAllocation(weights, request.region, 'Hierarchical risk parity', {
      notes: [`In the order of likeness: ${names.join(', ')}.`],
    });
  },
});
