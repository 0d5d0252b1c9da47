/** How the distance between two clusters comes of the distances between their members. */
export type LinkageMethod = 'single' | 'complete' | 'average' | 'ward';

/**
 * A hierarchy of n leaves in n − 1 merges, by ascending height. Cluster c < n is the leaf c;
 * cluster n + k is what merge k made.
 */
export interface Linkage {
  readonly leaves: number;
  /** The cluster that comes first of the two that merge k joins, shape [n − 1]. */
  readonly left: Int32Array;
  /** The other one, shape [n − 1]. */
  readonly right: Int32Array;
  /** Distance at which they were joined, shape [n − 1]. */
  readonly height: Float64Array;
  /** Leaves below the merge, shape [n − 1]. */
  readonly size: Int32Array;
}

/** Where the distance of i and j (i ≠ j) is in a condensed matrix of n points. */
export const condensedPlace = (n: number, i: number, j: number): number =>
  i < j ? i * n - (i * (i + 1)) / 2 + j - i - 1 : j * n - (j * (j + 1)) / 2 + i - j - 1;

/**
 * Agglomerative clustering of n points by their distances.
 *
 *   single   d(A ∪ B, C) = min(d(A, C), d(B, C))
 *   complete d(A ∪ B, C) = max(d(A, C), d(B, C))
 *   average  d(A ∪ B, C) = (|A| d(A, C) + |B| d(B, C)) ÷ (|A| + |B|)
 *   ward     d(A ∪ B, C)² = ((|A|+|C|) d(A, C)² + (|B|+|C|) d(B, C)² − |C| d(A, B)²) ÷ (|A|+|B|+|C|)
 *
 * Single linkage walks the minimum spanning tree, the others the chain of nearest neighbours; merges
 * of one height keep the order in which they were found, and the smaller cluster number stands left.
 * Both, and so the result, are as in SciPy's `linkage`.
 *
 * @param distances Condensed: d(0, 1), d(0, 2) … d(1, 2) …, shape [n (n − 1) ÷ 2], ≥ 0, no NaN.
 * @param n         Points; at least 1, and one point has no merges.
 * @throws RangeError where the shape is another or a distance is NaN or negative.
 *
 * Cost: O(n²) time and memory.
 *
 * **Source:** D. Müllner, "Modern hierarchical, agglomerative clustering algorithms" (2011);
 * J. H. Ward, "Hierarchical Grouping to Optimize an Objective Function" (1963).
 */
export function linkage(distances: Float64Array, n: number, method: LinkageMethod): Linkage {
  if (!Number.isInteger(n) || n < 1 || distances.length !== (n * (n - 1)) / 2) {
    throw new RangeError(`distances must have shape [n (n − 1) ÷ 2], got ${distances.length}`);
  }
  const wrong = distances.findIndex((distance) => !(distance >= 0));
  if (wrong >= 0) throw new RangeError(`distances must be ≥ 0, got ${distances[wrong]}`);
  const merges = method === 'single' ? spanningTree(distances, n) : chain(distances, n, method);
  return label(merges, n);
}

interface Merges {
  /** A leaf of each of the two clusters that are joined. */
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly height: Float64Array;
}

const noMerges = (n: number): Merges => ({
  one: new Int32Array(n - 1),
  other: new Int32Array(n - 1),
  height: new Float64Array(n - 1),
});

/** Prim's walk: always on to the point that is nearest to what has been reached. */
function spanningTree(distances: Float64Array, n: number): Merges {
  const merges = noMerges(n);
  const reached = new Uint8Array(n);
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let at = 0;
  for (let k = 0; k < n - 1; k++) {
    reached[at] = 1;
    let least = Number.POSITIVE_INFINITY;
    let next = -1;
    // Down the column of `at` as far as the diagonal, then along its row.
    let place = at - 1;
    for (let i = 0; i < n; i++) {
      if (i === at) {
        place = condensedPlace(n, at, at + 1) - 1;
        continue;
      }
      if (i > at) place += 1;
      if (reached[i] === 0) {
        const distance = distances[place];
        if (distance < nearest[i]) nearest[i] = distance;
        if (next < 0 || nearest[i] < least) {
          least = nearest[i];
          next = i;
        }
      }
      if (i < at) place += n - 2 - i;
    }
    merges.one[k] = at;
    merges.other[k] = next;
    merges.height[k] = least;
    at = next;
  }
  return merges;
}

/** Follows nearest neighbours until two are each other's, joins these, and goes on from there. */
function chain(distances: Float64Array, n: number, method: LinkageMethod): Merges {
  const merges = noMerges(n);
  const d = distances.slice();
  const size = new Int32Array(n).fill(1);
  const path = new Int32Array(n);
  let length = 0;
  for (let k = 0; k < n - 1; k++) {
    if (length === 0) {
      path[0] = size.findIndex((count) => count > 0);
      length = 1;
    }
    let x = path[length - 1];
    let y = -1;
    let least = Number.POSITIVE_INFINITY;
    for (;;) {
      x = path[length - 1];
      y = length > 1 ? path[length - 2] : -1;
      least = y < 0 ? Number.POSITIVE_INFINITY : d[condensedPlace(n, x, y)];
      for (let i = 0; i < n; i++) {
        if (size[i] === 0 || i === x) continue;
        const distance = d[condensedPlace(n, x, i)];
        if (y < 0 || distance < least) {
          least = distance;
          y = i;
        }
      }
      if (length > 1 && y === path[length - 2]) break;
      path[length] = y;
      length += 1;
    }
    length -= 2;
    const gone = Math.min(x, y);
    const kept = Math.max(x, y);
    merges.one[k] = gone;
    merges.other[k] = kept;
    merges.height[k] = least;
    for (let i = 0; i < n; i++) {
      if (size[i] === 0 || i === gone || i === kept) continue;
      const place = condensedPlace(n, i, kept);
      d[place] = joined(
        method,
        d[condensedPlace(n, i, gone)],
        d[place],
        least,
        size[gone],
        size[kept],
        size[i],
      );
    }
    size[kept] += size[gone];
    size[gone] = 0;
  }
  return merges;
}

/** Distance of C from A ∪ B, of sizes c, a and b. */
function joined(
  method: LinkageMethod,
  fromA: number,
  fromB: number,
  between: number,
  a: number,
  b: number,
  c: number,
): number {
  if (method === 'complete') return Math.max(fromA, fromB);
  if (method === 'average') return (a * fromA + b * fromB) / (a + b);
  const t = 1 / (a + b + c);
  return Math.sqrt(
    Math.max(
      0,
      (c + a) * t * fromA * fromA + (c + b) * t * fromB * fromB - c * t * between * between,
    ),
  );
}

/** Sorts merges by height and names each cluster by the merge that made it. */
function label({ one, other, height }: Merges, n: number): Linkage {
  const order = Array.from(height.keys()).sort((a, b) => height[a] - height[b] || a - b);
  const left = new Int32Array(n - 1);
  const right = new Int32Array(n - 1);
  const size = new Int32Array(n - 1);
  const parent = Int32Array.from({ length: 2 * n - 1 }, (_, i) => i);
  const root = (cluster: number): number => {
    let top = cluster;
    while (parent[top] !== top) top = parent[top];
    for (let i = cluster; i !== top; ) {
      const next = parent[i];
      parent[i] = top;
      i = next;
    }
    return top;
  };
  const count = (cluster: number): number => (cluster < n ? 1 : size[cluster - n]);
  order.forEach((merge, k) => {
    const a = root(one[merge]);
    const b = root(other[merge]);
    left[k] = Math.min(a, b);
    right[k] = Math.max(a, b);
    size[k] = count(a) + count(b);
    parent[a] = n + k;
    parent[b] = n + k;
  });
  return { leaves: n, left, right, height: Float64Array.from(order, (k) => height[k]), size };
}
