import type { Linkage } from './linkage.ts';

/**
 * Parts the leaves into k clusters by undoing the last k − 1 merges.
 *
 * @param k Clusters, 1 … n; above n counts as n.
 * @returns Of each leaf the number of its cluster, 1 … k, shape [n]. Clusters are numbered from left
 *   to right in the tree, except that a leaf by itself comes after the merges beside it: the order
 *   of SciPy's `fcluster(…, 'maxclust')`, which parts in the same way where no two heights are equal.
 */
export function cutTree({ leaves, left, right }: Linkage, k: number): Int32Array {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be 1 or more, got ${k}`);
  const labels = new Int32Array(leaves);
  // Merges at `firstUndone` and above are undone.
  const firstUndone = 2 * leaves - Math.min(k, leaves);
  let last = 0;
  const visit = (cluster: number, within: boolean): void => {
    if (cluster < leaves) {
      if (!within) last += 1;
      labels[cluster] = last;
      return;
    }
    const whole = within || cluster < firstUndone;
    if (whole && !within) last += 1;
    const both = [left[cluster - leaves], right[cluster - leaves]];
    for (const each of both) if (each >= leaves) visit(each, whole);
    for (const each of both) if (each < leaves) visit(each, whole);
  };
  visit(2 * leaves - 2, false);
  return labels;
}
