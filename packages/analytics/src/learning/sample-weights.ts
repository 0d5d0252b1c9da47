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
  const n = value.length;
  const weights = new Float64Array(n);
  const has = (i: number): boolean => !Number.isNaN(value[i]) && endBar[i] > i;
  // Sums of 1 ÷ c and r ÷ c up to each bar, so that each span is a difference.
  const shares = new Float64Array(n + 1);
  const moves = new Float64Array(n + 1);
  const concurrent = concurrency(endBar, has);
  for (let t = 0; t < n; t++) {
    const count = concurrent[t];
    const move = t === 0 ? 0 : Math.log(close[t] / close[t - 1]);
    shares[t + 1] = shares[t] + (count > 0 ? 1 / count : 0);
    moves[t + 1] = moves[t] + (count > 0 && Number.isFinite(move) ? move / count : 0);
  }
  let total = 0;
  let labels = 0;
  for (let i = 0; i < n; i++) {
    if (!has(i)) continue;
    const end = endBar[i] + 1;
    if (by === 'equal') weights[i] = 1;
    else if (by === 'uniqueness') weights[i] = (shares[end] - shares[i + 1]) / (endBar[i] - i);
    else weights[i] = Math.abs(moves[end] - moves[i + 1]);
    total += weights[i];
    labels += 1;
  }
  return weights.map((each, i) => {
    if (!has(i)) return 0;
    return total > 0 ? (each * labels) / total : 1;
  });
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
