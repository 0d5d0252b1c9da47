import { condensedPlace, cutTree, linkage } from '@plimsoll/quant/clustering';
import { standardDeviation } from '@plimsoll/quant/statistics';

/** How far trials are the same thing over again, measured on their returns. */
export interface TrialDependence {
  /** Trials whose returns vary, which are those compared. */
  readonly trials: number;
  /** Mean correlation of all pairs of them; null for fewer than two. */
  readonly averageCorrelation: number | null;
  /** Groups of trials that move alike; null for fewer than four. */
  readonly clusters: number | null;
}

/** The most trials that are clustered; of more, so many evenly apart. */
const mostClustered = 200;
/** The most clusters that are thought of. */
const mostClusters = 20;

/** Returns of the trials that vary, less their mean and divided by their deviation: one row a trial. */
function standardised(returns: Float64Array, trials: number): readonly Float64Array[] {
  const n = returns.length / trials;
  const rows: Float64Array[] = [];
  for (let j = 0; j < trials; j++) {
    const row = new Float64Array(n);
    let mean = 0;
    for (let t = 0; t < n; t++) {
      row[t] = returns[t * trials + j];
      mean += row[t] / n;
    }
    const deviation = standardDeviation(row, 0);
    if (!(deviation > 1e-14)) continue;
    for (let t = 0; t < n; t++) row[t] = (row[t] - mean) / deviation;
    rows.push(row);
  }
  return rows;
}

/**
 * Mean of all ρ(i, j), i < j, without computing any of them: (mean of (Σⱼ zⱼ)² − M) ÷ (M (M − 1)), as the
 * variance of a sum of standardised returns is M + M (M − 1) ρ̄.
 */
function averageCorrelation(rows: readonly Float64Array[]): number | null {
  const count = rows.length;
  if (count < 2) return null;
  const n = rows[0].length;
  const total = new Float64Array(n);
  for (const row of rows) for (let t = 0; t < n; t++) total[t] += row[t];
  const square = total.reduce((sum, each) => sum + each * each, 0) / n;
  return (square - count) / (count * (count - 1));
}

function distances(rows: readonly Float64Array[]): Float64Array {
  const count = rows.length;
  const n = rows[0].length;
  const found = new Float64Array((count * (count - 1)) / 2);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let product = 0;
      for (let t = 0; t < n; t++) product += rows[i][t] * rows[j][t];
      found[at++] = Math.sqrt(Math.max(0, (1 - product / n) / 2));
    }
  }
  return found;
}

/** Mean ÷ deviation of the silhouettes of all leaves: how clearly they are parted. */
function clarity(apart: Float64Array, labels: Int32Array, clusters: number): number {
  const n = labels.length;
  const size = new Float64Array(clusters + 1);
  for (const label of labels) size[label] += 1;
  const silhouettes = new Float64Array(n);
  const sum = new Float64Array(clusters + 1);
  for (let i = 0; i < n; i++) {
    sum.fill(0);
    for (let j = 0; j < n; j++) if (j !== i) sum[labels[j]] += apart[condensedPlace(n, i, j)];
    const own = labels[i];
    if (size[own] === 1) continue;
    const within = sum[own] / (size[own] - 1);
    let beside = Number.POSITIVE_INFINITY;
    for (let c = 1; c <= clusters; c++) if (c !== own) beside = Math.min(beside, sum[c] / size[c]);
    silhouettes[i] = (beside - within) / Math.max(beside, within, 1e-300);
  }
  const mean = silhouettes.reduce((total, each) => total + each, 0) / n;
  return mean / Math.max(standardDeviation(silhouettes, 0), 1e-12);
}

function clustersOf(rows: readonly Float64Array[]): number | null {
  const count = Math.min(mostClustered, rows.length);
  if (count < 4) return null;
  const some = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]);
  const apart = distances(some);
  const tree = linkage(apart, count, 'average');
  let best = 1;
  let clearest = 0;
  for (let k = 2; k <= Math.min(mostClusters, count - 1); k++) {
    const clear = clarity(apart, cutTree(tree, k), k);
    if (clear > clearest) [best, clearest] = [k, clear];
  }
  return best;
}

/**
 * Measures how alike the returns of trials are. Trials whose returns do not vary are left out. Clusters
 * are those of average linkage over √((1 − ρ) ÷ 2) at the number, up to 20, at which the silhouettes are
 * clearest; of more than 200 trials, 200 evenly apart are clustered.
 *
 * @param returns Row-major, shape [n × trials], finite.
 *
 * Cost: n × trials, and n × 200² ÷ 2 for the clusters. Source: Bailey and López de Prado, "The deflated
 * Sharpe ratio" (2014), appendix 3 (average correlation); López de Prado and Lewis, "Detection of false
 * investment strategies using unsupervised learning methods" (2018), whose clusters start from k-means
 * where these come of a hierarchy.
 */
export function trialDependence(returns: Float64Array, trials: number): TrialDependence {
  const rows = standardised(returns, trials);
  return {
    trials: rows.length,
    averageCorrelation: averageCorrelation(rows),
    clusters: clustersOf(rows),
  };
}
