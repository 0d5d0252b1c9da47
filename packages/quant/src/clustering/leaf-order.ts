import type { Linkage } from './linkage.ts';

/** The leaves from left to right, shape [n]. */
export const leafOrder = (tree: Linkage): Int32Array =>
  Int32Array.from(leavesBelow(tree, 2 * tree.leaves - 2));

/** The leaves below a cluster from left to right; a leaf is below itself. */
export function leavesBelow({ leaves, left, right }: Linkage, cluster: number): number[] {
  const found: number[] = [];
  const open = [cluster];
  while (open.length > 0) {
    const next = open.pop() as number;
    if (next < leaves) found.push(next);
    else open.push(right[next - leaves], left[next - leaves]);
  }
  return found;
}
