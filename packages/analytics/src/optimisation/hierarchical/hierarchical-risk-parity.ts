import { type ClusterInputs, clusterRisk } from './cluster-risk.ts';

/**
 * Hierarchical risk parity: the ordered list of instruments is halved again and again, and each half
 * gets weight in inverse proportion to the risk that it has at naive risk parity.
 *
 *   α = 1 − risk(left) ÷ (risk(left) + risk(right));   w(left) ← α w,   w(right) ← (1 − α) w
 *
 * Halves are of the list and not of the tree, as in the paper; an odd one more goes right.
 *
 * @param order Of the leaves, as `leafOrder` of the clustering has it, shape [n].
 * @returns Weights above 0 with sum 1, shape [n], in the order of the covariance. NaN where a
 *   variance is 0: refuse such instruments before.
 *
 * Cost: O(n²) for variances.
 *
 * **Source:** M. López de Prado, "Building Diversified Portfolios that Outperform Out-of-Sample"
 * (2016). With `single` linkage on correlation distances as PyPortfolioOpt; on the distances between
 * columns of these as the paper's own snippets; other measures as Riskfolio-Lib.
 */
export function hierarchicalRiskParity(order: Int32Array, inputs: ClusterInputs): Float64Array {
  const weights = new Float64Array(order.length);
  const split = (from: number, until: number, weight: number): void => {
    if (until - from === 1) {
      weights[order[from]] = weight;
      return;
    }
    const middle = from + Math.floor((until - from) / 2);
    const left = clusterRisk(order.subarray(from, middle), inputs).risk;
    const right = clusterRisk(order.subarray(middle, until), inputs).risk;
    const alpha = 1 - left / (left + right);
    split(from, middle, weight * alpha);
    split(middle, until, weight * (1 - alpha));
  };
  if (order.length > 0) split(0, order.length, 1);
  return weights;
}
