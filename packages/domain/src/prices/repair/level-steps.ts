import { median } from '../robust-scale.ts';
import { spreadOf } from './day-view.ts';
import type { LevelSteps } from './level-path.ts';
import { isPrice, priceFields, type WorkingBars } from './working-bars.ts';

/** Rows on each side that tell the usual volume. */
const volumeWindow = 9;
/** Rows on each side that tell how lively prices are. */
const spreadWindow = 10;
/** A dividend takes off less than this; more is a mistake in the adjusted close. */
const largestDividend = 0.8;

/**
 * What the levels of these rows of the bars show: steps of the typical price (the mean of the logs
 * of open, high, low and close) without dividends as far as adjusted closes tell them.
 *
 * @param basis What prices per unit of each row are divided by to stand on one split basis.
 * @param ratio The ratio that steps are suspected of; a few of its size do not count as lively.
 */
export function levelSteps(
  { bars }: WorkingBars,
  rows: Int32Array,
  basis: (row: number) => number,
  ratio: number,
): LevelSteps {
  const level = Float64Array.from(rows, (row) => typicalLog(bars, row) - Math.log(basis(row)));
  const factor = Float64Array.from(rows, (row) => {
    const ratio = ((bars.adjustedClose[row] as number) * basis(row)) / (bars.close[row] as number);
    return isPrice(ratio) ? Math.log(ratio) : Number.NaN;
  });
  const volume = Float64Array.from(rows, (row) => (bars.volume[row] as number) * basis(row));
  const steps = new Float64Array(rows.length);
  for (let i = 1; i < rows.length; i++) {
    const taken = (factor[i] as number) - (factor[i - 1] as number);
    const dividend = taken > 0 && taken < -Math.log(1 - largestDividend) ? taken : 0;
    steps[i] = (level[i] as number) - (level[i - 1] as number) + dividend;
  }
  return { steps, volumeSteps: volumeSteps(volume, steps), spreads: localSpreads(steps, ratio) };
}

function typicalLog(bars: WorkingBars['bars'], row: number): number {
  let sum = 0;
  let known = 0;
  for (const field of priceFields) {
    const value = bars[field][row] as number;
    if (!isPrice(value)) continue;
    sum += Math.log(value);
    known++;
  }
  return sum / known;
}

const suspicious = Math.log(1.25);
/** Of a price that steps more often than this, single steps are not looked at more closely. */
export const mostSteps = (rows: number): number => Math.max(50, rows / 50);

/** Log steps of the median volume of the rows up to nine before and after, where prices step at all. */
function volumeSteps(volume: Float64Array, steps: Float64Array): Float64Array {
  const out = new Float64Array(volume.length);
  const edges: number[] = [0];
  for (let i = 1; i < steps.length; i++) {
    if (Math.abs(steps[i] as number) > suspicious) edges.push(i);
  }
  if (edges.length > mostSteps(volume.length)) return out.fill(Number.NaN);
  edges.push(volume.length);
  const usual = (from: number, until: number): number =>
    median(Array.from(volume.subarray(from, until)).filter(isPrice));
  for (let e = 1; e < edges.length - 1; e++) {
    const at = edges[e] as number;
    const before = usual(Math.max(edges[e - 1] as number, at - volumeWindow), at);
    const after = usual(at, Math.min(edges[e + 1] as number, at + volumeWindow));
    out[at] = Math.log(after / before);
  }
  return out;
}

/** A mistake has few edges; more steps of its size are how this price moves. */
const mostEdges = 4;

/** The spread of the steps around each row that steps noticeably, itself left out; of all elsewhere. */
function localSpreads(steps: Float64Array, ratio: number): Float64Array {
  const size = Math.abs(Math.log(ratio));
  const isSuspect = steps.map((step) => (Math.abs(Math.abs(step) - size) < 0.4 * size ? 1 : 0));
  const suspects = isSuspect.reduce((sum, one) => sum + one, 0);
  const counts = (i: number): boolean => suspects > mostEdges || isSuspect[i] === 0;
  const overall = spreadOf(steps.filter((_, i) => i > 0 && counts(i)));
  const out = new Float64Array(steps.length).fill(overall);
  const noticeable = steps.reduce((sum, step) => (Math.abs(step) > suspicious ? sum + 1 : sum), 0);
  if (noticeable > mostSteps(steps.length)) return out;
  for (let i = 1; i < steps.length; i++) {
    if (Math.abs(steps[i] as number) <= suspicious) continue;
    const around: number[] = [];
    const last = Math.min(steps.length - 1, i + spreadWindow);
    for (let j = Math.max(1, i - spreadWindow); j <= last; j++) {
      if (j !== i && counts(j)) around.push(steps[j] as number);
    }
    out[i] = Math.max(0.75 * overall, spreadOf(around));
  }
  return out;
}
