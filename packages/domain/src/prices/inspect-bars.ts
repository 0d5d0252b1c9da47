import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import { type BarColumns, takeBars, takeColumn } from './bar-columns.ts';
import { type BarRow, checkRow, type RowFaultCode } from './check-row.ts';
import { type BadStretch, findJumps, type PriceNote } from './find-jumps.ts';
import { longestRise } from './longest-rise.ts';

export interface QuarantinedBar {
  /** Where it stood in what was given. */
  readonly index: number;
  readonly day: DayNumber;
  readonly code: RowFaultCode | 'duplicate' | 'out-of-order' | 'missing-row' | BadStretch['code'];
  /** One sentence with the figures. */
  readonly reason: string;
}

export interface Inspection {
  /** Days strictly rising, every close a price. */
  readonly accepted: BarColumns;
  /** In the order of what was given. */
  readonly quarantined: readonly QuarantinedBar[];
  /** Oldest first. */
  readonly notes: readonly PriceNote[];
  /** Accepted bars whose close lies outside of their own high and low. */
  readonly rangesDoubtful: number;
}

/**
 * The check at the door: which bars may reach valuation. Those that may not are quarantined with
 * the reason; what is odd but may be true is noted. First each bar by itself, then its place (second
 * bars of a day and the fewest that stand out of order go), then the closes beside one another.
 *
 * @param actionDays Days on which a corporate action took effect; no jump is doubted on them.
 */
export function inspectBars(
  bars: BarColumns,
  actionDays: ReadonlySet<DayNumber> = new Set(),
): Inspection {
  const quarantined: QuarantinedBar[] = [];
  const doubtful = new Set<number>();
  const sound = soundRows(bars, quarantined, doubtful);
  const days = Int32Array.from(takeColumn(bars.days, sound));
  const { stretches, notes } = findJumps(days, takeColumn(bars.close, sound), actionDays);
  const gone = new Set<number>();
  for (const { from, until, code, reason } of stretches) {
    for (let row = from; row < until; row++) {
      const index = sound[row] as number;
      gone.add(index);
      quarantined.push({ index, day: days[row] as number, code, reason });
    }
  }
  const kept = sound.filter((index) => !gone.has(index));
  const accepted = takeBars(bars, kept);
  quarantined.sort((a, b) => a.index - b.index);
  const rangesDoubtful = kept.filter((index) => doubtful.has(index)).length;
  return { accepted, quarantined, notes, rangesDoubtful };
}

/** Indices of the bars that stand by themselves and in their place. */
function soundRows(
  bars: BarColumns,
  quarantined: QuarantinedBar[],
  doubtful: Set<number>,
): number[] {
  const readable: number[] = [];
  for (let index = 0; index < bars.days.length; index++) {
    const day = bars.days[index] as number;
    const check = checkRow(rowAt(bars, index));
    if (check.verdict === 'bad') {
      quarantined.push({ index, day, code: check.code, reason: check.reason });
      continue;
    }
    if (check.verdict === 'range-doubtful') doubtful.add(index);
    readable.push(index);
  }
  const days = takeColumn(bars.days, readable);
  const rise = longestRise(days);
  if (rise.length < readable.length) {
    for (const bar of misplaced(readable, days, rise)) quarantined.push(bar);
  }
  return rise.map((row) => readable[row] as number);
}

/** What is left when a rising order is taken out: second bars of a day, and bars out of order. */
function misplaced(
  readable: readonly number[],
  days: ArrayLike<number>,
  rise: readonly number[],
): QuarantinedBar[] {
  const kept = new Set(rise);
  const keptDays = new Set(rise.map((row) => days[row] as number));
  return readable.flatMap((index, row): QuarantinedBar[] => {
    const day = days[row] as number;
    if (kept.has(row)) return [];
    const name = dayFromNumber(day);
    return keptDays.has(day)
      ? [{ index, day, code: 'duplicate', reason: `There is another bar of ${name}.` }]
      : [{ index, day, code: 'out-of-order', reason: `${name} stands between other days.` }];
  });
}

const rowAt = (bars: BarColumns, index: number): BarRow => ({
  open: bars.open[index] as number,
  high: bars.high[index] as number,
  low: bars.low[index] as number,
  close: bars.close[index] as number,
  volume: bars.volume[index] as number,
});
