import type { Labels } from './labels.ts';

/**
 * What each label counts for where labels share bars. A label of bar i that ended at bar e spans bars
 * i + 1 … e; c(t) labels span bar t.
 *
 * `uniqueness`: the mean of 1 ÷ c(t) over its span. `return`: |Σ ln(close(t) ÷ close(t − 1)) ÷ c(t)| over
 * its span, for labels that explain a large move alone count most. Scaled to mean 1 over all labels.
 *
 * @returns 0 where there is no label, shape [bars]. Where all would be 0, as when prices stand still,
 *   labels weigh the same.
 *
 * Cost: bars. Source: López de Prado, Advances in Financial Machine Learning (2018), §4.4, §4.10.
 */
export function sampleWeights(
  { value, endBar }: Labels,
  close: Float64Array,
  by: 'equal' | 'uniqueness' | 'return',
): Float64Array {
  const has = (i: number): boolean => !Number.isNaN(value[i]) && endBar[i] > i;
  const concurrent = concurrency(endBar, has);
  const shares = sumsUpTo(concurrent, () => 1);
  const moves = sumsUpTo(concurrent, (t) => (t === 0 ? 0 : Math.log(close[t] / close[t - 1])));
  const weightOf = (i: number): number => {
    if (!has(i)) return 0;
    if (by === 'equal') return 1;
    const [from, until] = [i + 1, endBar[i] + 1];
    return by === 'uniqueness'
      ? (shares[until] - shares[from]) / (until - from)
      : Math.abs(moves[until] - moves[from]);
  };
  const weights = Float64Array.from(value, (_, i) => weightOf(i));
  const total = weights.reduce((sum, each) => sum + each, 0);
  const labels = value.reduce((count, _, i) => count + (has(i) ? 1 : 0), 0);
  if (total === 0) return weights.map((_, i) => (has(i) ? 1 : 0));
  return weights.map((each) => (each * labels) / total);
}

/** Sums of what is at each bar over the labels that span it, so that each span is a difference. */
function sumsUpTo(concurrent: Int32Array, at: (t: number) => number): Float64Array {
  const sums = new Float64Array(concurrent.length + 1);
  for (let t = 0; t < concurrent.length; t++) {
    const each = at(t) / concurrent[t];
    sums[t + 1] = sums[t] + (Number.isFinite(each) ? each : 0);
  }
  return sums;
}

/** Labels that span each bar. */
function concurrency(endBar: Int32Array, has: (i: number) => boolean): Int32Array {
  const n = endBar.length;
  const steps = new Int32Array(n + 2);
  for (let i = 0; i < n; i++) {
    if (!has(i)) continue;
    steps[i + 1] += 1;
    steps[endBar[i] + 1] -= 1;
  }
  const counts = new Int32Array(n);
  let open = 0;
  for (let t = 0; t < n; t++) {
    open += steps[t];
    counts[t] = open;
  }
  return counts;
}
