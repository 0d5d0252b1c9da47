import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from './bar-columns.ts';
import type { QuarantinedBar } from './inspect-bars.ts';
import { longestRise } from './longest-rise.ts';

/** Bars in a strictly rising order, and those that had to go for it. */
export interface PlacedBars {
  readonly rows: readonly number[];
  readonly misplaced: readonly QuarantinedBar[];
}

/**
 * Takes out the fewest bars that stand between other days, and second bars of a day; a bar with a
 * close stays before one without.
 *
 * Cost: n · log₂ n comparisons.
 */
export function placeBars(bars: BarColumns): PlacedBars {
  const { days, close } = bars;
  if (isRising(days)) return { rows: Array.from(days, (_, row) => row), misplaced: [] };
  const priced: number[] = [];
  for (let row = 0; row < days.length; row++) if ((close[row] as number) > 0) priced.push(row);
  const kept = new Uint8Array(days.length);
  const rise = longestRise(priced.map((row) => days[row] as number));
  const keptDays = new Set<number>();
  for (const place of rise) {
    const row = priced[place] as number;
    kept[row] = 1;
    keptDays.add(days[row] as number);
  }
  keepWhatFits(days, kept, keptDays);
  const rows: number[] = [];
  const misplaced: QuarantinedBar[] = [];
  for (let index = 0; index < days.length; index++) {
    const day = days[index] as number;
    const name = dayFromNumber(day);
    if (kept[index] === 1) rows.push(index);
    else if (keptDays.has(day)) {
      misplaced.push({ index, day, code: 'duplicate', reason: `There is another bar of ${name}.` });
    } else {
      misplaced.push({
        index,
        day,
        code: 'out-of-order',
        reason: `${name} stands between other days.`,
      });
    }
  }
  return { rows, misplaced };
}

const isRising = (days: Int32Array): boolean =>
  days.every((day, row) => row === 0 || day > (days[row - 1] as number));

/** Bars without a close stay where their day fits between those that are kept. */
function keepWhatFits(days: Int32Array, kept: Uint8Array, keptDays: Set<number>): void {
  const nextDays = new Float64Array(days.length + 1).fill(Number.POSITIVE_INFINITY);
  for (let row = days.length - 1; row >= 0; row--) {
    nextDays[row] = kept[row] === 1 ? (days[row] as number) : (nextDays[row + 1] as number);
  }
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < days.length; row++) {
    const day = days[row] as number;
    const fits = day > last && day < (nextDays[row] as number);
    if (kept[row] !== 1 && fits) {
      kept[row] = 1;
      keptDays.add(day);
    }
    if (kept[row] === 1) last = day;
  }
}
