import { ok, present, type Result, refuse } from '@plimsoll/kernel';
import {
  type Linkage,
  type LinkageMethod,
  leafOrder,
  linkage,
  optimalLeafOrder,
  twoDifferenceGap,
} from '@plimsoll/quant/clustering';
import type { AllocationRequest } from '../define-optimiser.ts';
import type { ClusterInputs, ClusterMeasure } from './cluster-risk.ts';
import { columnDistances, correlationDistances, correlationFrom } from './distances.ts';

const measures = [
  'variance',
  'volatility',
  'mean-absolute-deviation',
  'semi-deviation',
  'value-at-risk',
  'cvar',
  'evar',
  'worst',
  'max-drawdown',
  'average-drawdown',
  'cdar',
  'ulcer',
  'equal',
] as const satisfies readonly ClusterMeasure[];

/** Parameters that all hierarchical optimisers share; only the default linkage differs. */
export const treeParameters = {
  linkage: {
    kind: 'choice',
    title: 'Linkage of clusters',
    help: 'As the method has it if left out: single for hierarchical risk parity, ward for the others.',
    of: ['single', 'complete', 'average', 'ward'],
    optional: true,
  },
  clusterDistance: {
    kind: 'choice',
    title: 'Distance of instruments',
    help: 'correlation: √((1 − ρ) ÷ 2). columns: Euclidean between the columns of these, as in the paper.',
    of: ['correlation', 'columns'],
    default: 'correlation',
  },
  leafOrder: {
    kind: 'choice',
    title: 'Order of the leaves',
    help: 'tree: as linkage leaves it. optimal: neighbours nearest. scipy: as the tools built on SciPy.',
    of: ['tree', 'optimal', 'scipy'],
    default: 'tree',
  },
  clusterRisk: {
    kind: 'choice',
    title: 'Risk of clusters',
    of: measures,
    default: 'variance',
  },
} as const;

/** How many clusters, for the methods that cut the tree. */
export const clusterParameter = {
  clusters: {
    kind: 'integer',
    title: 'Clusters',
    help: 'By the two-difference gap if left out.',
    min: 1,
    optional: true,
  },
} as const;

interface TreeValues {
  readonly linkage?: LinkageMethod | undefined;
  readonly clusterDistance: 'correlation' | 'columns';
  readonly leafOrder: 'tree' | 'optimal' | 'scipy';
  readonly clusterRisk: ClusterMeasure;
  readonly tail: number;
}

export interface RequestTree {
  readonly tree: Linkage;
  readonly order: Int32Array;
  readonly inputs: ClusterInputs;
  readonly distances: Float64Array;
}

/** The tree of the instruments of a request. Refused: one without variance, measures without scenarios. */
export function treeOf(
  request: AllocationRequest,
  values: TreeValues,
  usual: LinkageMethod,
): Result<RequestTree> {
  const covariance = present(request.covariance, 'covariance');
  const n = covariance.rows;
  const still = request.names.find((_, i) => !(covariance.data[i * n + i] > 0));
  if (still !== undefined) {
    const detail = `${still} has no variance, so that no cluster can be weighed with it; leave it out.`;
    return refuse({ code: 'hierarchical.no-variance', detail });
  }
  const { clusterRisk: measure, tail } = values;
  const byCovariance = ['variance', 'volatility', 'equal'].includes(measure);
  if (!byCovariance && !request.scenarios) {
    const detail = `The cluster risk ${measure} needs returns of the past; give them, or take variance.`;
    return refuse({ code: 'hierarchical.no-scenarios', detail });
  }
  const plain = correlationDistances(correlationFrom(covariance));
  const distances = values.clusterDistance === 'columns' ? columnDistances(plain, n) : plain;
  const bare = linkage(distances, n, values.linkage ?? usual);
  const tree =
    values.leafOrder === 'tree'
      ? bare
      : optimalLeafOrder(bare, distances, values.leafOrder === 'scipy' ? 'each-merge' : 'whole');
  const inputs = { covariance, scenarios: request.scenarios, measure, tail };
  return ok({ tree, order: leafOrder(tree), inputs, distances });
}

/** The number asked for, at most one cluster an instrument; else by the two-difference gap. */
export const clustersOf = (asked: number | undefined, { tree, distances }: RequestTree): number =>
  Math.min(tree.leaves, asked ?? twoDifferenceGap(tree, distances));
