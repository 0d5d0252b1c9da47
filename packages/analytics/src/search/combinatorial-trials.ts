import { ok, type Result, refuse } from '@plimsoll/kernel';
import { binomialCoefficient, combinations } from '../learning/combinations.ts';
import {
  type Block,
  blocksOf,
  combinatorialCounts,
  type Purging,
} from '../learning/cross-validation.ts';
import {
  type Matrix,
  meansOf,
  type Sums,
  scoreAll,
  sharpeFrom,
  sumsOf,
  trainingSums,
  trainingTotals,
} from './training-sums.ts';

export interface CombinatorialOptions {
  /** N, parts of time. */
  readonly groups: number;
  /** k, how many of them are judged at once. */
  readonly tested: number;
  readonly purging: Purging;
}

/** Many histories out of one: each path is a whole history of out-of-sample parts. */
export interface CombinatorialTrials {
  /** The trial that was best in training, a split, shape [splits]. */
  readonly chosen: Int32Array;
  /** Its Sharpe ratio there and in the tested groups, per period, shape [splits]. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Sharpe ratio of each path per period, shape [paths]. */
  readonly pathSharpe: Float64Array;
  /** Total return of each path, shape [paths]. */
  readonly pathReturn: Float64Array;
}

/** The most splits times groups times trials: some seconds of work. */
const most = 4e9;

function wrongShape(
  { returns, trials }: Pick<Matrix, 'returns' | 'trials'>,
  { groups, tested, purging: { horizon, embargo } }: CombinatorialOptions,
): string | undefined {
  const n = returns.length / trials;
  if (!(Number.isInteger(n) && trials >= 1)) {
    return `${returns.length} returns are not those of ${trials} trials, all of one length.`;
  }
  const counts = [groups, tested, horizon, embargo];
  if (!counts.every((each) => Number.isInteger(each) && each >= 0)) {
    return `Groups ${groups}, tested ${tested}, horizon ${horizon} and embargo ${embargo} must be whole and not negative.`;
  }
  if (!(groups >= 2 && groups <= n / 2 && tested >= 1 && tested < groups)) {
    return `${tested} of ${groups} groups of ${n} observations cannot be tested.`;
  }
  const shortest = Math.floor(n / groups);
  if (horizon + embargo > shortest) {
    return `Groups of ${shortest} observations are shorter than horizon and embargo (${horizon + embargo}); take fewer groups.`;
  }
  const work = binomialCoefficient(groups, tested) * groups * trials;
  return work > most
    ? `${tested} of ${groups} groups and ${trials} trials are ${work} sums, more than ${most}; take fewer groups.`
    : undefined;
}

/**
 * Combinatorial purged cross-validation of a choice among trials: for every choice of k of N groups the
 * trial of the highest Sharpe ratio over the other groups, purged, is judged in the k; the judged parts
 * make up C(N − 1, k − 1) whole paths through time.
 *
 * @param returns Of all trials, per period, row-major, shape [n × trials], finite.
 * @returns refused where shapes do not hold or the work has no end.
 *
 * Cost: about two sums a split and trial, as neighbouring splits share theirs. Source: López de Prado, Advances in Financial
 * Machine Learning (2018), §12.4. Differs from refitting in that the rule that is fitted is "take the
 * best trial".
 */
export function combinatorialTrials(
  returns: Float64Array,
  trials: number,
  options: CombinatorialOptions,
): Result<CombinatorialTrials> {
  const wrong = wrongShape({ returns, trials }, options);
  if (wrong !== undefined) return refuse({ code: 'validation.groups', detail: wrong });
  const { groups, tested, purging } = options;
  const matrix = { returns, trials, centre: meansOf(returns, trials) };
  const blocks = blocksOf(returns.length / trials, groups);
  const whole = blocks.map((block) => sumsOf(matrix, block));
  const totals = trainingTotals(trainingSums(matrix, blocks, purging), groups, trials);
  const inTest = new Uint8Array(groups);
  const splits = [...combinations(groups, tested)];
  const chosen = new Int32Array(splits.length);
  const inSample = new Float64Array(splits.length);
  const outOfSample = new Float64Array(splits.length);
  const score = new Float64Array(trials);
  splits.forEach((tests, split) => {
    inTest.fill(0);
    for (const group of tests) inTest[group] = 1;
    scoreAll(totals(inTest), matrix.centre, score);
    const best = highest(score);
    chosen[split] = best;
    inSample[split] = score[best];
    outOfSample[split] = sharpeOver(
      tests.map((g) => whole[g]),
      best,
      matrix.centre[best],
    );
  });
  return ok({
    chosen,
    inSample,
    outOfSample,
    ...pathsOf(matrix, blocks, whole, { splits, chosen }),
  });
}

function sharpeOver(parts: readonly Sums[], trial: number, centre: number): number {
  let [n, sum, squares] = [0, 0, 0];
  for (const part of parts) {
    n += part.n;
    sum += part.sum[trial];
    squares += part.squares[trial];
  }
  return sharpeFrom(n, sum, squares, centre);
}

/** Place of the highest, the first of equals. */
function highest(scores: Float64Array): number {
  let place = 0;
  for (let j = 1; j < scores.length; j++) if (scores[j] > scores[place]) place = j;
  return place;
}

interface Choices {
  readonly splits: readonly (readonly number[])[];
  readonly chosen: Int32Array;
}

function pathsOf(
  { returns, trials, centre }: Matrix,
  blocks: readonly Block[],
  whole: readonly Sums[],
  { splits, chosen }: Choices,
): Pick<CombinatorialTrials, 'pathSharpe' | 'pathReturn'> {
  const testing = blocks.map((_, group) =>
    splits.flatMap((tests, split) => (tests.includes(group) ? [split] : [])),
  );
  const { paths } = combinatorialCounts(blocks.length, splits[0].length);
  const pathSharpe = new Float64Array(paths);
  const pathReturn = new Float64Array(paths);
  const middle = centre.reduce((sum, each) => sum + each, 0) / trials;
  const logs = new Map<number, number>();
  const logGrowth = (group: number, trial: number): number => {
    const key = group * trials + trial;
    let log = logs.get(key);
    if (log === undefined) {
      log = 0;
      const { from, until } = blocks[group];
      for (let t = from; t < until; t++) log += Math.log1p(returns[t * trials + trial]);
      logs.set(key, log);
    }
    return log;
  };
  for (let path = 0; path < paths; path++) {
    let [n, sum, squares, log] = [0, 0, 0, 0];
    for (let group = 0; group < blocks.length; group++) {
      const trial = chosen[testing[group][path]];
      const part = whole[group];
      // Squares about the trial's own mean, moved to one centre for all.
      const off = centre[trial] - middle;
      const about = part.sum[trial] - part.n * centre[trial];
      n += part.n;
      sum += part.sum[trial];
      squares += part.squares[trial] + 2 * off * about + part.n * off * off;
      log += logGrowth(group, trial);
    }
    pathSharpe[path] = sharpeFrom(n, sum, squares, middle);
    pathReturn[path] = Math.expm1(log);
  }
  return { pathSharpe, pathReturn };
}
