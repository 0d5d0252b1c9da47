/** The shortest of several runs of the same work, in milliseconds: what it takes undisturbed. */
export function best(runs: number, work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const from = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - from);
  }
  return shortest;
}

/** `2.3× faster` or `1.4× slower`, or a dash where there is nothing to compare with. */
export function ratio(ours: number, theirs: number | undefined): string {
  if (theirs === undefined) return '–';
  return ours <= theirs
    ? `${(theirs / ours).toFixed(2)}× faster`
    : `${(ours / theirs).toFixed(2)}× slower`;
}
