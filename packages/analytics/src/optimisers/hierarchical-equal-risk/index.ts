import { refuse } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { clustersInWords } from '../../optimisation/hierarchical/clusters-in-words.ts';
import { hierarchicalEqualRisk } from '../../optimisation/hierarchical/hierarchical-equal-risk.ts';
import {
  clusterParameter,
  clustersOf,
  treeOf,
  treeParameters,
} from '../../optimisation/hierarchical/tree-of-request.ts';
import { ruledAllocation } from '../../optimisation/ruled-allocation.ts';
import { tailParameter } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default defineOptimiser({
  id: 'hierarchical-equal-risk',
  title: 'Hierarchical equal risk contribution',
  summary:
    'Weight goes down a tree to clusters of like instruments, against the risk of each branch.',
  formula: 'α = 1 − Σ risk(clusters left) ÷ Σ risk(clusters of both) at each fork',
  source: 'Raffinot, The Hierarchical Equal Risk Contribution Portfolio, 2018',
  parameters: { ...treeParameters, ...clusterParameter, ...tailParameter },
  needs: ['covariance'],
  keeps: [],
  reckons: [],
  allocate(request, values) {
    const found = treeOf(request, values, 'ward');
    if (!found.ok) return found;
    const k = clustersOf(values.clusters, found.value);
    const { weights, clusters } = hierarchicalEqualRisk(found.value.tree, k, found.value.inputs);
    if (!weights.every(Number.isFinite)) {
      const detail = `Some cluster has no ${found.value.inputs.measure} in these scenarios; take variance as the risk of clusters.`;
      return refuse({ code: 'hierarchical.no-risk', detail });
    }
    return ruledAllocation(weights, request.region, 'Hierarchical equal risk contribution', {
      notes: [clustersInWords(request.names, clusters)],
    });
  },
});
