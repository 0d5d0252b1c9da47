import { ok, type Result } from '@plimsoll/kernel';
import { cutTree } from '@plimsoll/quant/clustering';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { solveQuadratic } from '@plimsoll/quant/solver';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { clustersInWords } from '../../optimisation/hierarchical/clusters-in-words.ts';
import { membersOf } from '../../optimisation/hierarchical/hierarchical-equal-risk.ts';
import { nestedClusters } from '../../optimisation/hierarchical/nested-clusters.ts';
import {
  clusterParameter,
  clustersOf,
  treeOf,
  treeParameters,
} from '../../optimisation/hierarchical/tree-of-request.ts';
import { riskParity } from '../../optimisation/risk-parity/risk-parity.ts';
import { ruledAllocation } from '../../optimisation/ruled-allocation.ts';

const { linkage, clusterDistance, leafOrder } = treeParameters;

export default defineOptimiser({
  id: 'nested-clusters',
  title: 'Nested clusters',
  summary: 'Weights are chosen within clusters of like instruments, and then between the clusters.',
  formula: 'w = W u, wᶜ chosen within cluster c, u chosen under WᵀΣW',
  source: 'López de Prado, A Robust Estimator of the Efficient Frontier, 2019',
  parameters: {
    linkage,
    clusterDistance,
    leafOrder,
    ...clusterParameter,
    withinClusters: {
      kind: 'choice',
      title: 'Within clusters',
      of: ['min-variance', 'risk-parity', 'equal-weight'],
      default: 'min-variance',
    },
    betweenClusters: {
      kind: 'choice',
      title: 'Between clusters',
      of: ['min-variance', 'risk-parity', 'equal-weight'],
      default: 'min-variance',
    },
  },
  needs: ['covariance'],
  keeps: [],
  reckons: [],
  allocate(request, values) {
    const found = treeOf(request, { ...values, clusterRisk: 'variance', tail: 0.05 }, 'ward');
    if (!found.ok) return found;
    const { tree, inputs } = found.value;
    const clusters = cutTree(tree, clustersOf(values.clusters, found.value));
    const chosen = nestedClusters(inputs.covariance, null, membersOf(clusters), {
      within: choices[values.withinClusters],
      between: choices[values.betweenClusters],
    });
    if (!chosen.ok) return chosen;
    return ruledAllocation(chosen.value, request.region, 'Nested clusters', {
      notes: [clustersInWords(request.names, clusters)],
    });
  },
});

const choices = {
  'min-variance': (covariance: Matrix) => ok(minVariance(covariance)),
  'equal-weight': ({ rows }: Matrix) => ok(new Float64Array(rows).fill(1 / rows)),
  'risk-parity': (covariance: Matrix): Result<Float64Array> => {
    const found = riskParity(covariance);
    return found.ok ? ok(found.value.weights) : found;
  },
};

/** Long only, sum 1. */
function minVariance(covariance: Matrix): Float64Array {
  const n = covariance.rows;
  const { x } = solveQuadratic({
    quadratic: covariance,
    linear: new Float64Array(n),
    rows: matrix(1, n, new Float64Array(n).fill(1)),
    rowLower: Float64Array.of(1),
    rowUpper: Float64Array.of(1),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
  });
  return x;
}
