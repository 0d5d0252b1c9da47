/**
 * Whether columns of children describe one tree: each child inside and met once on the way down, and
 * training weight on at least one child of each split, as averages over them need.
 *
 * @param left Places of children, −1 for leaves; as long as `right` and `cover`.
 */
export function isTree(
  left: readonly number[],
  right: readonly number[],
  cover: readonly number[],
): boolean {
  const inside = (child: number | undefined): boolean =>
    child !== undefined &&
    Number.isInteger(child) &&
    (child === -1 || (child > 0 && child < left.length));
  if (!left.every(inside) || !right.every(inside) || hasCycle(left, right)) return false;
  return left.every((child, i) => child < 0 || weighed(cover, child, right[i]));
}

const weighed = (cover: readonly number[], left: number, right: number | undefined): boolean =>
  right !== undefined && right > 0 && (cover[left] ?? 0) + (cover[right] ?? 0) > 0;

/** Whether some node is met twice on the way down. */
function hasCycle(left: readonly number[], right: readonly number[]): boolean {
  const seen = new Set<number>();
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) return true;
    seen.add(node);
    for (const child of [left[node], right[node]]) {
      if (child !== undefined && child >= 0) open.push(child);
    }
  }
  return false;
}
