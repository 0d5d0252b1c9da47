import type { Chart } from '../../analysis/report.ts';

/** How many returns fell into each of up to 60 equal steps from the worst to the best. */
export function lossesChart(returns: Float64Array, bins = 60): Chart {
  let low = returns[0];
  let high = returns[0];
  for (const each of returns) {
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  const width = (high - low) / bins;
  const counts = new Array<number>(width > 0 ? bins : 1).fill(0);
  for (const each of returns) {
    counts[width > 0 ? Math.min(Math.floor((each - low) / width), bins - 1) : 0] += 1;
  }
  return {
    id: 'distribution',
    title: 'Distribution of returns',
    kind: 'bars',
    x: counts.map((_, i) => low + (i + 0.5) * width),
    lines: [{ name: 'returns', values: counts }],
    unit: 'count',
  };
}
