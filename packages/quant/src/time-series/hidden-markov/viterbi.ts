import type { GaussianRegimes } from './forward-backward.ts';

/**
 * The most likely sequence of regimes of a series, shape [n], numbered from 0.
 *
 * Cost: O(n k²). Source: Andrew Viterbi, Error bounds for convolutional codes and an asymptotically
 * optimum decoding algorithm, 1967.
 */
export function viterbi(
  x: Float64Array,
  { means, deviations, transitions, initial }: GaussianRegimes,
): Int32Array {
  const n = x.length;
  const k = means.length;
  const from = new Int32Array(n * k);
  const logs = transitions.map(Math.log);
  const heights = deviations.map((each) => -Math.log(each));
  let best = initial.map(Math.log);
  for (let t = 0; t < n; t++) {
    const next = new Float64Array(k);
    for (let j = 0; j < k; j++) {
      let top = t === 0 ? best[j] : Number.NEGATIVE_INFINITY;
      if (t > 0) {
        for (let i = 0; i < k; i++) {
          const each = best[i] + logs[i * k + j];
          if (each > top) {
            top = each;
            from[t * k + j] = i;
          }
        }
      }
      const z = (x[t] - means[j]) / deviations[j];
      next[j] = top + heights[j] - (z * z) / 2;
    }
    best = next;
  }
  const path = new Int32Array(n);
  let at = best.indexOf(best.reduce((one, other) => Math.max(one, other)));
  for (let t = n - 1; t >= 0; t--) {
    path[t] = at;
    at = from[t * k + at];
  }
  return path;
}
