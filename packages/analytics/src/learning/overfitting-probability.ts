import { ok, type Result, refuse } from '@plimsoll/kernel';
import { binomialCoefficient, combinations } from './combinations.ts';

/** What trials are compared by: mean ÷ standard deviation (ddof 1), or the mean alone. */
export type TrialScore = 'sharpe' | 'mean';

/** How likely the best of many trials is merely the luckiest. */
export interface OverfittingProbability {
  /** Share of splits in which the best trial in sample is not above the median out of it. */
  readonly probability: number;
  /** ln(ω ÷ (1 − ω)) a split, ω the relative rank out of sample of the best in sample. */
  readonly logits: Float64Array;
  /** Score in sample of the best trial, a split. */
  readonly inSample: Float64Array;
  /** Score of the same trial out of sample, a split. */
  readonly outOfSample: Float64Array;
  /** Share of splits in which that score is below 0. */
  readonly probabilityOfLoss: number;
  /** Slope of the line through (in sample, out of sample); null where the former never varies. */
  readonly degradation: number | null;
  /** Oldest observations left out so that blocks are equal. */
  readonly leftOut: number;
}

/** Sums a block and trial, from which the score of any union of blocks follows. */
interface BlockSums {
  /** Σ r, shape [blocks × trials]. */
  readonly sum: Float64Array;
  /** Σ (r − centre)², shape [blocks × trials]. */
  readonly squares: Float64Array;
  /** About each trial's own mean, so that squares do not cancel: shape [trials]. */
  readonly centre: Float64Array;
  /** Observations a block. */
  readonly length: number;
}

function sumBlocks(returns: Float64Array, trials: number, blocks: number): BlockSums {
  const n = returns.length / trials;
  const length = Math.floor(n / blocks);
  const skipped = n - length * blocks;
  const sum = new Float64Array(blocks * trials);
  const squares = new Float64Array(blocks * trials);
  const centre = new Float64Array(trials);
  for (let i = 0; i < returns.length; i++) centre[i % trials] += returns[i] / n;
  for (let t = 0; t < length * blocks; t++) {
    const block = Math.floor(t / length) * trials;
    for (let j = 0; j < trials; j++) {
      const value = returns[(t + skipped) * trials + j];
      sum[block + j] += value;
      squares[block + j] += (value - centre[j]) ** 2;
    }
  }
  return { sum, squares, centre, length };
}

/** A variance below this is rounding. */
const noSpread = 1e-28;

/** What a union of blocks adds up to, a trial. */
interface Totals {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Totals over one choice of blocks after the other, each ascending. Choices that follow each other in
 * order begin alike, and what they begin with is not added up again: for 16 blocks a quarter of the sums.
 */
function runningTotals(
  { sum, squares }: BlockSums,
  trials: number,
  size: number,
): (chosen: readonly number[]) => Totals {
  const upTo = Array.from({ length: size + 1 }, () => ({
    sum: new Float64Array(trials),
    squares: new Float64Array(trials),
  }));
  const last = new Int32Array(size).fill(-1);
  return (chosen) => {
    let from = 0;
    while (from < size && chosen[from] === last[from]) from += 1;
    for (let k = from; k < size; k++) {
      const [before, after] = [upTo[k] as Totals, upTo[k + 1] as Totals];
      const row = (chosen[k] as number) * trials;
      for (let j = 0; j < trials; j++) {
        after.sum[j] = before.sum[j] + sum[row + j];
        after.squares[j] = before.squares[j] + squares[row + j];
      }
      last[k] = chosen[k] as number;
    }
    return upTo[size] as Totals;
  };
}

/** Scores of all trials over n observations, into `out`. */
function scoreTrials(
  { sum, squares }: Totals,
  { centre, n }: { readonly centre: Float64Array; readonly n: number },
  score: TrialScore,
  out: Float64Array,
): void {
  for (let j = 0; j < out.length; j++) {
    const mean = sum[j] / n;
    const variance = (squares[j] - n * (mean - centre[j]) ** 2) / (n - 1);
    out[j] = score === 'mean' ? mean : variance > noSpread ? mean / Math.sqrt(variance) : 0;
  }
}

/** Place of the highest score, the first of equals. */
function best(scores: Float64Array): number {
  let place = 0;
  for (let j = 1; j < scores.length; j++) if (scores[j] > scores[place]) place = j;
  return place;
}

/** Rank ÷ (trials + 1), rank 1 the lowest, equals sharing the mean of their ranks. */
function relativeRank(scores: Float64Array, place: number): number {
  let below = 0;
  let equal = 0;
  for (const score of scores) {
    if (score < scores[place]) below += 1;
    else if (score === scores[place]) equal += 1;
  }
  return (below + (equal + 1) / 2) / (scores.length + 1);
}

function slopeOf(x: Float64Array, y: Float64Array): number | null {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  let above = 0;
  let below = 0;
  for (let i = 0; i < x.length; i++) {
    above += (x[i] - meanX) * (y[i] - meanY);
    below += (x[i] - meanX) ** 2;
  }
  return below > 0 ? above / below : null;
}

const share = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

function wrongShape(length: number, trials: number, blocks: number): string | undefined {
  const n = length / trials;
  if (!(Number.isInteger(n) && trials >= 2)) {
    return `${length} returns are not those of ${trials} trials; give at least two, all of one length.`;
  }
  if (!(Number.isInteger(blocks) && blocks >= 2 && blocks % 2 === 0 && blocks <= n / 2)) {
    return `${n} observations cannot be cut into ${blocks} blocks; give an even number up to ${Math.floor(n / 2)}.`;
  }
  if (binomialCoefficient(blocks, blocks / 2) > 200_000) {
    return `${blocks} blocks make more than 200,000 splits; give at most 20.`;
  }
  return undefined;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: time is cut into
 * S equal blocks; for each choice of half of them the trial that is best there is ranked among all
 * trials in the other half. λ = ln(ω ÷ (1 − ω)), ω = rank ÷ (trials + 1); the probability is the share
 * of λ ≤ 0.
 *
 * @param returns Of all trials that were made, per period, row-major, shape [n × trials], finite.
 * @param trials At least 2.
 * @param blocks S, even; 16 in the paper. What does not divide is left out at the start.
 * @returns refused where the shape does not hold.
 *
 * Cost: C(S, S ÷ 2) × S × trials, from sums a block. Source: Bailey, Borwein, López de Prado and Zhu,
 * "The probability of backtest overfitting" (2017).
 */
export function overfittingProbability(
  returns: Float64Array,
  trials: number,
  blocks: number,
  score: TrialScore,
): Result<OverfittingProbability> {
  const wrong = wrongShape(returns.length, trials, blocks);
  if (wrong !== undefined) return refuse({ code: 'overfitting.shape', detail: wrong });
  const sums = sumBlocks(returns, trials, blocks);
  const count = binomialCoefficient(blocks, blocks / 2);
  const logits = new Float64Array(count);
  const inSample = new Float64Array(count);
  const outOfSample = new Float64Array(count);
  const inside = new Float64Array(trials);
  const outside = new Float64Array(trials);
  const record = (split: number, chosen: Float64Array, others: Float64Array): void => {
    const place = best(chosen);
    const rank = relativeRank(others, place);
    logits[split] = Math.log(rank / (1 - rank));
    inSample[split] = chosen[place];
    outOfSample[split] = others[place];
  };
  const half = blocks / 2;
  const about = { centre: sums.centre, n: half * sums.length };
  const [ofChosen, ofOthers] = [
    runningTotals(sums, trials, half),
    runningTotals(sums, trials, half),
  ];
  let split = 0;
  for (const chosen of combinations(blocks, half)) {
    // In lexicographic order the other half of a split is the same split counted from the end.
    if (split * 2 >= count) break;
    const taken = new Set(chosen);
    const others = Array.from({ length: blocks }, (_, block) => block).filter((b) => !taken.has(b));
    scoreTrials(ofChosen(chosen), about, score, inside);
    scoreTrials(ofOthers(others), about, score, outside);
    record(split, inside, outside);
    record(count - 1 - split, outside, inside);
    split += 1;
  }
  return ok({
    probability: share(logits, (logit) => logit <= 0),
    logits,
    inSample,
    outOfSample,
    probabilityOfLoss: share(outOfSample, (value) => value < 0),
    degradation: slopeOf(inSample, outOfSample),
    leftOut: returns.length / trials - sums.length * blocks,
  });
}
