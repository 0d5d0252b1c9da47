/**
 * Where rows of negative returns begin and end, the first return left out: what PerformanceAnalytics
 * takes for drawdowns in its Burke ratio.
 *
 * @returns pairs of places, the first included and the second not.
 */
export function runsOfLosses(returns: Float64Array): [from: number, until: number][] {
  const runs: [number, number][] = [];
  for (let t = 1; t < returns.length; t++) {
    if (!(returns[t] < 0)) continue;
    const from = t;
    while (t < returns.length && returns[t] < 0) t++;
    runs.push([from, t]);
  }
  return runs;
}
