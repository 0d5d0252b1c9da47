import type { Block, Purging } from '../learning/cross-validation.ts';

/** A variance below this is rounding. */
const noSpread = 1e-28;

/** Sums over a range of bars for each trial, squares about each trial's own mean. */
export interface Sums {
  readonly n: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/** Returns of trials side by side. */
export interface Matrix {
  /** Row-major, shape [n × trials]. */
  readonly returns: Float64Array;
  readonly trials: number;
  /** Mean of each trial, shape [trials]. */
  readonly centre: Float64Array;
}

/** Sums over one range of bars. */
export function sumsOf({ returns, trials, centre }: Matrix, { from, until }: Block): Sums {
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
export function sharpeFrom(n: number, sum: number, squares: number, centre: number): number {
  const mean = sum / n;
  const variance = (squares - n * (mean - centre) ** 2) / (n - 1);
  return variance > noSpread ? mean / Math.sqrt(variance) : 0;
}

/** Mean of each trial, shape [trials]. */
export function meansOf(returns: Float64Array, trials: number): Float64Array {
  const means = new Float64Array(trials);
  const n = returns.length / trials;
  for (let t = 0, at = 0; t < n; t++) for (let j = 0; j < trials; j++) means[j] += returns[at++];
  return means.map((sum) => sum / n);
}

/** Sums of a training group less what touches a tested one before or after it. */
export function trainingSums(
  matrix: Matrix,
  blocks: readonly Block[],
  { horizon, embargo }: Purging,
) {
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
export function trainingTotals(
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

/** Sharpe ratio of all trials from their totals, into `out`. */
export function scoreAll({ n, sum, squares }: Sums, centre: Float64Array, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) {
    out[j] = n < 2 ? 0 : sharpeFrom(n, sum[j], squares[j], centre[j]);
  }
}
