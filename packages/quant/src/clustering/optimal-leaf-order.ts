import { leafOrder } from './leaf-order.ts';
import { condensedPlace, type Linkage } from './linkage.ts';

/**
 * Turns the branches of a hierarchy so that neighbours in the order of leaves are as near to each
 * other as the hierarchy allows: Σ d(leafᵢ, leafᵢ₊₁) is least over all 2ⁿ⁻¹ orders. An order and its
 * reverse are as good; the topmost merge is never turned.
 *
 * For a cluster and leaves u of its one and w of its other branch, M(u, w) is the least sum of an
 * order of the cluster from u to w: M(u, w) = min over m, k of M(u, m) + d(m, k) + M(k, w).
 *
 * @param distances Condensed, as for `linkage`, shape [n (n − 1) ÷ 2].
 * @param choose `whole`: the order described. `each-merge`: branches are turned to suit the best ends
 *   of the merge just above them and not those that the whole needs; this is what SciPy's
 *   `optimal_leaf_ordering` (to 1.16) answers, and so the tools built on it. Its sum is not the least.
 *
 * Cost: O(n³) time at most; 3 n² numbers of memory.
 *
 * **Source:** Z. Bar-Joseph, D. Gifford, T. Jaakkola, "Fast optimal leaf ordering for hierarchical
 * clustering" (2001).
 */
export function optimalLeafOrder(
  tree: Linkage,
  distances: Float64Array,
  choose: 'whole' | 'each-merge' = 'whole',
): Linkage {
  const n = tree.leaves;
  if (n < 3) return tree;
  const spans = spansOf(tree);
  const search: Search = {
    n,
    spans,
    d: square(distances, leafOrder(tree)),
    best: new Float64Array(n * n),
    join: new Int32Array(n * n),
  };
  for (let k = 0; k < n - 1; k++) fillMerge(search, tree, k);
  return choose === 'whole' ? turnForWhole(search, tree) : turnForEach(search, tree);
}

/** Leaves are named by their places in the order that the tree has, so a cluster is a span of places. */
interface Search {
  readonly n: number;
  readonly spans: Spans;
  /** Distances by place, shape [n × n]. */
  readonly d: Float64Array;
  /** M(u, w) in the smallest cluster that has both, shape [n × n]. */
  readonly best: Float64Array;
  /** The last leaf before the step between the branches on the best way from u to w, seen from u. */
  readonly join: Int32Array;
}

/** Of each cluster the first place and the one after its last, shape [2n − 1] each. */
interface Spans {
  readonly from: Int32Array;
  readonly until: Int32Array;
}

function spansOf({ leaves, left, right }: Linkage): Spans {
  const from = new Int32Array(2 * leaves - 1);
  const until = new Int32Array(2 * leaves - 1);
  const size = new Int32Array(2 * leaves - 1).fill(1, 0, leaves);
  for (let k = 0; k < leaves - 1; k++) size[leaves + k] = size[left[k]] + size[right[k]];
  until[2 * leaves - 2] = leaves;
  for (let k = leaves - 2; k >= 0; k--) {
    const middle = from[leaves + k] + size[left[k]];
    from[left[k]] = from[leaves + k];
    until[left[k]] = middle;
    from[right[k]] = middle;
    until[right[k]] = until[leaves + k];
  }
  return { from, until };
}

function square(distances: Float64Array, order: Int32Array): Float64Array {
  const n = order.length;
  const d = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j) d[i * n + j] = distances[condensedPlace(n, order[i], order[j])];
    }
  }
  return d;
}

/** The span of far ends that an order of the cluster can have when it begins with the leaf at `u`. */
function farEnds(
  { n, spans }: Search,
  tree: Linkage,
  cluster: number,
  u: number,
): [number, number] {
  if (cluster < n) return [u, u + 1];
  const middle = spans.until[tree.left[cluster - n]];
  return u < middle ? [middle, spans.until[cluster]] : [spans.from[cluster], middle];
}

/** M(u, w) of all u of the left and w of the right branch of merge k. */
function fillMerge(search: Search, tree: Linkage, k: number): void {
  const { n, spans, d, best, join } = search;
  const [a, b] = [tree.left[k], tree.right[k]];
  const reach = new Float64Array(n);
  const before = new Int32Array(n);
  for (let u = spans.from[a]; u < spans.until[a]; u++) {
    const [firstEnd, afterEnds] = farEnds(search, tree, a, u);
    // The least sum from u through its own branch and over the step to each leaf of the other one.
    reach.fill(Number.POSITIVE_INFINITY, spans.from[b], spans.until[b]);
    for (let m = firstEnd; m < afterEnds; m++) {
      for (let leaf = spans.from[b]; leaf < spans.until[b]; leaf++) {
        const sum = best[u * n + m] + d[m * n + leaf];
        if (sum < reach[leaf]) {
          reach[leaf] = sum;
          before[leaf] = m;
        }
      }
    }
    for (let w = spans.from[b]; w < spans.until[b]; w++) {
      const [first, after] = farEnds(search, tree, b, w);
      let least = Number.POSITIVE_INFINITY;
      for (let leaf = first; leaf < after; leaf++) {
        const sum = reach[leaf] + best[w * n + leaf];
        if (sum < least) {
          least = sum;
          join[u * n + w] = before[leaf];
          join[w * n + u] = leaf;
        }
      }
      best[u * n + w] = least;
      best[w * n + u] = least;
    }
  }
}

/** The places of the ends between which the order of merge k is shortest. */
function bestEnds({ n, spans, best }: Search, tree: Linkage, k: number): [number, number] {
  const middle = spans.from[tree.right[k]];
  let [first, last] = [spans.from[n + k], middle];
  for (let u = first; u < middle; u++) {
    for (let w = middle; w < spans.until[n + k]; w++) {
      if (best[u * n + w] < best[first * n + last]) [first, last] = [u, w];
    }
  }
  return [first, last];
}

/** Goes down from the best ends of the whole and turns each merge that runs the other way. */
function turnForWhole(search: Search, tree: Linkage): Linkage {
  const { n, spans, join } = search;
  const turned = new Uint8Array(n - 1);
  const set = (cluster: number, first: number, last: number): void => {
    if (cluster < n) return;
    const k = cluster - n;
    const runsOn = first < spans.from[tree.right[k]];
    turned[k] = runsOn ? 0 : 1;
    set(runsOn ? tree.left[k] : tree.right[k], first, join[first * n + last]);
    set(runsOn ? tree.right[k] : tree.left[k], join[last * n + first], last);
  };
  set(2 * n - 2, ...bestEnds(search, tree, n - 2));
  return withTurned(tree, turned);
}

/** Decides for each merge by itself. To turn a merge then turns all below it with it. */
function turnForEach(search: Search, tree: Linkage): Linkage {
  const { n, spans } = search;
  const turned = new Uint8Array(n - 1);
  for (let k = 0; k < n - 1; k++) {
    const [a, b] = [tree.left[k] - n, tree.right[k] - n];
    const [first, last] = bestEnds(search, tree, k);
    if (a >= 0) turned[a] = first < spans.from[tree.right[a]] ? 0 : 1;
    if (b >= 0) turned[b] = last < spans.from[tree.right[b]] ? 1 : 0;
  }
  for (let k = n - 2; k >= 0; k--) {
    for (const below of [tree.left[k] - n, tree.right[k] - n]) {
      if (below >= 0) turned[below] ^= turned[k];
    }
  }
  return withTurned(tree, turned);
}

const withTurned = (tree: Linkage, turned: Uint8Array): Linkage => ({
  ...tree,
  left: tree.left.map((cluster, k) => (turned[k] === 1 ? tree.right[k] : cluster)),
  right: tree.right.map((cluster, k) => (turned[k] === 1 ? tree.left[k] : cluster)),
});
