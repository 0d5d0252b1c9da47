import { cutTree, type Linkage, leavesBelow } from '@plimsoll/quant/clustering';
import { type ClusterInputs, clusterRisk } from './cluster-risk.ts';

export interface ClusteredWeights {
  /** Sum 1, shape [n]. */
  readonly weights: Float64Array;
  /** Number of the cluster of each, 1 … k, shape [n]. */
  readonly clusters: Int32Array;
}

/**
 * Hierarchical equal risk contribution: weight goes down the tree to k clusters, at each fork in
 * inverse proportion to the summed risks of the clusters below, and within a cluster by naive risk
 * parity.
 *
 *   α = 1 − Σ risk(clusters left) ÷ Σ risk(clusters of both);   w(left) ← α w,   w(right) ← (1 − α) w
 *
 * @param tree Of the instruments, usually by `ward` linkage.
 * @param k    Clusters, 1 … n; `twoDifferenceGap` chooses one.
 *
 * **Source:** T. Raffinot, "The Hierarchical Equal Risk Contribution Portfolio" (2018); details as in
 * Riskfolio-Lib.
 */
export function hierarchicalEqualRisk(
  tree: Linkage,
  k: number,
  inputs: ClusterInputs,
): ClusteredWeights {
  const n = tree.leaves;
  const clusters = cutTree(tree, k);
  const members = membersOf(clusters);
  const within = members.map((each) => clusterRisk(each, inputs));
  const weights = new Float64Array(n);
  const give = (node: number, weight: number): void => {
    const below = new Set(leavesBelow(tree, node).map((leaf) => clusters[leaf]));
    const [only] = below;
    if (below.size === 1) {
      const place = only - 1;
      members[place].forEach((member, i) => {
        weights[member] = weight * within[place].weights[i];
      });
      return;
    }
    const [left, right] = [tree.left[node - n], tree.right[node - n]];
    const risk = (branch: number): number =>
      Array.from(new Set(leavesBelow(tree, branch).map((leaf) => clusters[leaf]))).reduce(
        (sum, cluster) => sum + within[cluster - 1].risk,
        0,
      );
    const [a, b] = [risk(left), risk(right)];
    const alpha = inputs.measure === 'equal' ? 0.5 : 1 - a / (a + b);
    give(left, weight * alpha);
    give(right, weight * (1 - alpha));
  };
  if (n > 0) give(2 * n - 2, 1);
  return { weights, clusters };
}

/** The members of each cluster in ascending order, clusters by their numbers from 1. */
export function membersOf(clusters: Int32Array): Int32Array[] {
  const count = clusters.reduce((most, each) => Math.max(most, each), 0);
  const members: number[][] = Array.from({ length: count }, () => []);
  clusters.forEach((cluster, i) => {
    members[cluster - 1].push(i);
  });
  return members.map((each) => Int32Array.from(each));
}
