/** How far below its running maximum a path stood, day by day and in sum. */
export interface DrawdownPath {
  /** d(t) = 1 − W(t) ÷ max(1, W(s) for s ≤ t), shape [n], each from 0 to 1. */
  readonly depths: Float64Array;
  /** The greatest depth, 0 where nothing ever fell. */
  readonly deepest: number;
  /** Σ d(t). */
  readonly sum: number;
  /** Σ d(t)². */
  readonly squares: number;
  /** Days with d(t) > 0. */
  readonly underWater: number;
}

/**
 * A depth that is rounding: a price back at its old high is there again though the product of the returns
 * between falls short of 1 by as much.
 */
export const noDepth = 1e-12;

/**
 * Depths below the running maximum, which includes the start. Depths below 10⁻¹² are none.
 *
 * @param wealth W, shape [n], each ≥ 0.
 * @returns zeros where nothing fell. Cost n.
 *
 * **Source:** domain.md §6; C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, ch. 4.
 */
export function drawdownPath(wealth: Float64Array): DrawdownPath {
  const depths = new Float64Array(wealth.length);
  let high = 1;
  let deepest = 0;
  let sum = 0;
  let squares = 0;
  let underWater = 0;
  for (let t = 0; t < wealth.length; t++) {
    const level = wealth[t];
    if (level >= high) {
      high = level;
      continue;
    }
    const depth = 1 - level / high;
    if (!(depth > noDepth)) continue;
    depths[t] = depth;
    if (depth > deepest) deepest = depth;
    sum += depth;
    squares += depth * depth;
    underWater++;
  }
  return { depths, deepest, sum, squares, underWater };
}

/** One fall from a high to the next day that is as high. Places are those of the returns; −1 is the start. */
export interface DrawdownEpisode {
  /** A positive share. */
  readonly depth: number;
  /** The day of the high that it fell from. */
  readonly peak: number;
  readonly trough: number;
  /** First day back at the height of the peak; null while under water. */
  readonly recovered: number | null;
  /** Days under water so far. */
  readonly length: number;
}

/**
 * Every fall, in order of time.
 *
 * @param depths d(t) as `drawdownPath` has them, shape [n].
 * @returns none where nothing fell. Of equal depths the first day is the trough. Cost n.
 */
export function drawdownEpisodes(depths: Float64Array): DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  const n = depths.length;
  for (let t = 0; t < n; t++) {
    if (depths[t] === 0) continue;
    const first = t;
    let trough = t;
    while (t < n && depths[t] > 0) {
      if (depths[t] > depths[trough]) trough = t;
      t++;
    }
    episodes.push({
      depth: depths[trough],
      peak: first - 1,
      trough,
      recovered: t < n ? t : null,
      length: t - first,
    });
  }
  return episodes;
}

/** The deepest first; of equal ones the earlier first. */
export const deepestFirst = (episodes: readonly DrawdownEpisode[]): DrawdownEpisode[] =>
  episodes.toSorted((a, b) => b.depth - a.depth || a.peak - b.peak);
