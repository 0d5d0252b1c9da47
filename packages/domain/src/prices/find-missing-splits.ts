import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from './bar-columns.ts';
import { priceTail } from './repair/dividend-hypotheses.ts';
import type { LevelSteps } from './repair/level-path.ts';
import { levelSteps, mostSteps } from './repair/level-steps.ts';
import { noFacts, type PriceAction } from './repair/price-action.ts';
import { pricedRows, workOn } from './repair/working-bars.ts';

/** A step that looks like a split nobody recorded. */
export interface MissingSplit {
  /** The first day at the new level. */
  readonly day: DayNumber;
  /** The usual ratio nearest to the step, new units per old. */
  readonly ratio: number;
  /** How much likelier a split is than that prices moved of themselves, in nats. */
  readonly certainty: number;
  /** One sentence with the figures. */
  readonly detail: string;
}

/** New units per old, forward; reverse splits are their inverses. */
const usualRatios = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100];
/** What a split nobody recorded costs: fewer than one series in a hundred has one, on one day of many. */
const rarity = 6;
const least = 3;
/** Days around an action in which it explains a step. */
const explained = 4;
/** Rows on each side of the step in which the price must not be at the other level. */
const stays = 5;
const volumeSpread = 0.7;
/** Smaller steps are not looked at. */
const smallest = 1.3;
/** Rows on each side that tell how lively the price is. */
const around = 130;
/** A step is a ratio within so many spreads. */
const near = 3;

/**
 * Finds splits that no action explains: a step by a usual ratio that stays, with the volume that
 * goes with it where volumes are known.
 *
 * @param bars Days rising.
 */
export function findMissingSplits(
  bars: BarColumns,
  actions: readonly PriceAction[],
): MissingSplit[] {
  const adjustedClose = new Float64Array(bars.days.length).fill(Number.NaN);
  const work = workOn({ ...bars, adjustedClose }, [], noFacts);
  const rows = pricedRows(bars);
  const candidates = candidatesIn(bars, rows, actions);
  if (candidates.length > mostSteps(rows.length)) return [];
  const found: MissingSplit[] = [];
  for (const i of candidates) {
    const first = Math.max(0, i - around);
    const window = rows.subarray(first, i + around);
    const data = levelSteps(work, window, () => 1, 2);
    const split = splitAt(bars, window, data, i - first);
    if (split !== null) found.push(split);
  }
  return found;
}

/** Places whose close steps far enough from the one before, where no action explains it. */
function candidatesIn(
  { days, close }: BarColumns,
  rows: Int32Array,
  actions: readonly PriceAction[],
): number[] {
  const actionDays = Float64Array.from(actions, ({ day }) => day).sort();
  const candidates: number[] = [];
  let next = 0;
  for (let i = 1; i < rows.length; i++) {
    const [row, before] = [rows[i] as number, rows[i - 1] as number];
    const step = (close[row] as number) / (close[before] as number);
    if (step < smallest && step > 1 / smallest) continue;
    const day = days[row] as number;
    while ((actionDays[next] ?? Number.POSITIVE_INFINITY) < day - explained) next++;
    if (!((actionDays[next] ?? Number.POSITIVE_INFINITY) <= day + explained)) candidates.push(i);
  }
  return candidates;
}

function splitAt(
  { days, close }: BarColumns,
  rows: Int32Array,
  { steps, volumeSteps, spreads }: LevelSteps,
  i: number,
): MissingSplit | null {
  const before = close[rows[i - 1] as number] as number;
  const after = close[rows[i] as number] as number;
  const step = steps[i] as number;
  const spread = spreads[i] as number;
  const ratio = nearestRatio(step);
  const off = (value: number): number => Math.abs(value + Math.log(ratio)) / spread;
  if (off(step) > near || off(Math.log(after / before)) > near || !itStays(steps, i)) return null;
  const volume = volumeSteps[i] as number;
  const traded = Number.isNaN(volume)
    ? 0
    : priceTail((volume - Math.log(ratio)) / volumeSpread) - priceTail(volume / volumeSpread);
  const certainty = priceTail(off(step)) - priceTail(step / spread) + traded - rarity;
  if (certainty < least) return null;
  const day = days[rows[i] as number] as number;
  const volumes = Number.isNaN(volume)
    ? 'volumes are not known'
    : `volumes became ${Number(Math.exp(volume).toPrecision(2))} times what they were`;
  const detail = `From ${before} to ${after} on ${dayFromNumber(day)}, and it stayed; ${volumes}: it looks like a split of ${nameOf(ratio)} that is not recorded.`;
  return { day, ratio, certainty, detail };
}

function nearestRatio(step: number): number {
  const size = Math.abs(step);
  let best = 2;
  for (const ratio of usualRatios) {
    if (Math.abs(size - Math.log(ratio)) < Math.abs(size - Math.log(best))) best = ratio;
  }
  return step < 0 ? best : 1 / best;
}

/** Whether the price neither goes half the way back within the next rows, nor came from there before. */
function itStays(steps: Float64Array, at: number): boolean {
  const half = Math.abs(steps[at] as number) / 2;
  const against = -Math.sign(steps[at] as number);
  for (const direction of [1, -1]) {
    let moved = 0;
    for (let k = 1; k <= stays; k++) {
      moved += steps[at + direction * k] ?? 0;
      if (moved * against > half) return false;
    }
  }
  return true;
}

const nameOf = (ratio: number): string =>
  ratio > 1 ? `${ratio} for 1` : `1 for ${Number((1 / ratio).toPrecision(3))}`;
