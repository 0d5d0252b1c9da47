import { ok, type Result, refuse } from '@plimsoll/kernel';
import { binomialCoefficient, combinations } from '../learning/combinations.ts';
import {
  type Block,
  blocksOf,
  combinatorialCounts,
  type Purging,
} from '../learning/cross-validation.ts';

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

/** A variance below this is rounding. */
const noSpread = 1e-28;

/** Sums over a range of bars for each trial, squares about each trial's own mean. */
interface Sums {
  readonly n: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

interface Matrix {
  /** Row-major, shape [n × trials]. */
  readonly returns: Float64Array;
  readonly trials: number;
  /** Mean of each trial, shape [trials]. */
  readonly centre: Float64Array;
}

function sumsOf({ returns, trials, centre }: Matrix, { from, until }: Block): Sums {
  const sum = new Float64Array(trials);
  const squares = new Float64Array(trials);
  for (let t = from; t < until; t++) {
    const row = t * trials;
    for (let j = 0; j < trials; j++) {
      const value = returns[row + j];
      sum[j] += value;
      squares[j] += (value - centre[j]) ** 2;
    }
  }
  return { n: Math.max(0, until - from), sum, squares };
}

/** Sharpe ratio from n, Σ r and Σ (r − centre)²; 0 where nothing varies. */
function sharpeFrom(n: number, sum: number, squares: number, centre: number): number {
  const mean = sum / n;
  const variance = (squares - n * (mean - centre) ** 2) / (n - 1);
  return variance > noSpread ? mean / Math.sqrt(variance) : 0;
}

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

function meansOf(returns: Float64Array, trials: number): Float64Array {
  const means = new Float64Array(trials);
  const n = returns.length / trials;
  for (let t = 0, at = 0; t < n; t++) for (let j = 0; j < trials; j++) means[j] += returns[at++];
  return means.map((sum) => sum / n);
}

/** Sums of a training group less what touches a tested one before or after it. */
function trainingSums(matrix: Matrix, blocks: readonly Block[], { horizon, embargo }: Purging) {
  const head = Math.max(0, horizon - 1 + embargo);
  const tail = Math.max(0, horizon - 1);
  const kept = new Map<number, Sums>();
  return (group: number, after: boolean, before: boolean): Sums => {
    const key = group * 4 + (after ? 2 : 0) + (before ? 1 : 0);
    let sums = kept.get(key);
    if (!sums) {
      const { from, until } = blocks[group];
      sums = sumsOf(matrix, {
        from: from + (after ? head : 0),
        until: until - (before ? tail : 0),
      });
      kept.set(key, sums);
    }
    return sums;
  };
}

/** Totals over the training groups of one split after the other. */
function trainingTotals(
  train: ReturnType<typeof trainingSums>,
  groups: number,
  trials: number,
): (inTest: Uint8Array) => Sums {
  const none: Sums = { n: 0, sum: new Float64Array(trials), squares: new Float64Array(trials) };
  const own = Array.from({ length: groups }, () => ({
    n: 0,
    sum: new Float64Array(trials),
    squares: new Float64Array(trials),
  }));
  // upTo[g] is the total over the groups before g.
  const upTo: Sums[] = new Array<Sums>(groups + 1).fill(none);
  const last = new Uint8Array(groups).fill(2);
  return (inTest) => {
    // Splits in order differ in their last groups; what touches the first change counts anew.
    const changed = inTest.findIndex((each, g) => each !== last[g]);
    for (let g = Math.max(0, changed - 1); g < groups; g++) {
      if (inTest[g] === 1) upTo[g + 1] = upTo[g];
      else {
        const part = train(g, inTest[g - 1] === 1, inTest[g + 1] === 1);
        addInto(own[g], upTo[g], part);
        upTo[g + 1] = own[g];
      }
    }
    last.set(inTest);
    return upTo[groups];
  };
}

function addInto(out: { n: number } & Omit<Sums, 'n'>, a: Sums, b: Sums): void {
  out.n = a.n + b.n;
  for (let j = 0; j < out.sum.length; j++) {
    out.sum[j] = a.sum[j] + b.sum[j];
    out.squares[j] = a.squares[j] + b.squares[j];
  }
}

function scoreAll({ n, sum, squares }: Sums, centre: Float64Array, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) {
    out[j] = n < 2 ? 0 : sharpeFrom(n, sum[j], squares[j], centre[j]);
  }
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
