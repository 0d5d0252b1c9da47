/** The known name that somebody most likely meant; undefined where none is near. */
export function nearestName(meant: string, known: readonly string[]): string | undefined {
  const wanted = meant.toLowerCase();
  const most = Math.max(1, Math.floor(meant.length / 3));
  let nearest: string | undefined;
  let least = most + 1;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}

/**
 * Letters to put in, take out, change or swap with their neighbour until one is the other.
 * Source: L. Boytsov, Indexing methods for approximate dictionary searching, 2011, optimal string
 * alignment.
 */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const changed = (row[j - 1] ?? 0) + (same ? 0 : 1);
      let least = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
