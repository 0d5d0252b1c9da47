/** Normal regimes that follow one another as a Markov chain. */
export interface GaussianRegimes {
  /** Shape [k] each. */
  readonly means: Float64Array;
  /** Standard deviations, above 0. */
  readonly deviations: Float64Array;
  /** Row-major, shape [k × k]: the probability of going from the row's regime to the column's. */
  readonly transitions: Float64Array;
  /** Of the first step, shape [k]. */
  readonly initial: Float64Array;
}

/** What is known of the regimes given a series. */
export interface RegimeProbabilities {
  /** P(regime | x_1 … x_t), row-major, shape [n × k]. */
  readonly filtered: Float64Array;
  /** P(regime | all of x), row-major, shape [n × k]. */
  readonly smoothed: Float64Array;
  /** Expected number of moves from row to column, shape [k × k]. */
  readonly moves: Float64Array;
  readonly logLikelihood: number;
}

/**
 * Filters and smooths the regimes of a series by the forward–backward algorithm, each step scaled to
 * sum 1 and densities taken relative to the step's largest, so that nothing underflows.
 *
 * @param x Finite, shape [n], n ≥ 1.
 *
 * Cost: O(n k²). Source: Lawrence Rabiner, A tutorial on hidden Markov models, 1989; James Hamilton,
 * A new approach to the economic analysis of nonstationary time series, 1989.
 */
export function regimeProbabilities(
  x: Float64Array,
  regimes: GaussianRegimes,
): RegimeProbabilities {
  const { means, transitions, initial } = regimes;
  const n = x.length;
  const k = means.length;
  const densities = new Float64Array(n * k);
  let logLikelihood = relativeDensities(x, regimes, densities);
  const filtered = new Float64Array(n * k);
  const scale = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    let sum = 0;
    for (let j = 0; j < k; j++) {
      let before = initial[j];
      if (t > 0) {
        before = 0;
        for (let i = 0; i < k; i++) before += filtered[(t - 1) * k + i] * transitions[i * k + j];
      }
      const each = before * densities[t * k + j];
      filtered[t * k + j] = each;
      sum += each;
    }
    scale[t] = sum;
    logLikelihood += Math.log(sum);
    for (let j = 0; j < k; j++) filtered[t * k + j] /= sum;
  }
  const smoothed = new Float64Array(n * k);
  const moves = new Float64Array(k * k);
  const ahead = new Float64Array(k).fill(1);
  const carried = new Float64Array(k);
  for (let t = n - 1; t >= 0; t--) {
    for (let i = 0; i < k; i++) smoothed[t * k + i] = filtered[t * k + i] * ahead[i];
    if (t === 0) break;
    for (let j = 0; j < k; j++) carried[j] = (densities[t * k + j] * ahead[j]) / scale[t];
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) {
        const each = transitions[i * k + j] * carried[j];
        sum += each;
        moves[i * k + j] += filtered[(t - 1) * k + i] * each;
      }
      ahead[i] = sum;
    }
  }
  return { filtered, smoothed, moves, logLikelihood };
}

/**
 * Fills `out` with the densities of each value in each regime, divided by the largest of the step,
 * and answers the sum of the logarithms of those.
 */
function relativeDensities(
  x: Float64Array,
  { means, deviations }: GaussianRegimes,
  out: Float64Array,
): number {
  const k = means.length;
  const heights = deviations.map((each) => -Math.log(each) - Math.log(2 * Math.PI) / 2);
  let total = 0;
  for (let t = 0; t < x.length; t++) {
    let top = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < k; j++) {
      const z = (x[t] - means[j]) / deviations[j];
      const log = heights[j] - (z * z) / 2;
      out[t * k + j] = log;
      top = Math.max(top, log);
    }
    for (let j = 0; j < k; j++) out[t * k + j] = Math.exp(out[t * k + j] - top);
    total += top;
  }
  return total;
}
