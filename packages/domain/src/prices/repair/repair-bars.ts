import type { BarColumns } from '../bar-columns.ts';
import { dropImpossible } from './drop-impossible.ts';
import { fillAdjusted } from './fill-adjusted.ts';
import type { PriceAction, PriceFacts } from './price-action.ts';
import type { PriceRepair, Repaired } from './price-repair.ts';
import { repairDividends } from './repair-dividends.ts';
import { repairRows } from './repair-rows.ts';
import { repairSplits } from './repair-splits.ts';
import { repairUnits } from './repair-units.ts';
import { type WorkingBars, workOn } from './working-bars.ts';

/** One mistake may hide another; more layers than these are not taken off. */
const mostPasses = 4;

/**
 * Mends what is provably wrong in a series and keeps the evidence; what is odd but cannot be proved
 * is noted, what cannot be used is named for quarantine. What is repaired is looked at again, until
 * nothing more is found: repairing the repaired changes nothing.
 *
 * @param bars Days rising (several bars of one day only where `facts.interval` is `intraday`).
 */
export function repairBars(
  bars: BarColumns,
  actions: readonly PriceAction[],
  facts: PriceFacts,
): Repaired {
  const { possible, notes } = dropImpossible(bars, actions);
  let work = pass(workOn(bars, possible, facts));
  let repairs: readonly PriceRepair[] = work.repairs;
  for (let passes = 1; work.repairs.length > 0 && passes < mostPasses; passes++) {
    const switched = work.notes.filter(({ kind }) => kind === 'suspect-unit-change');
    work = pass(workOn(work.bars, work.actions, facts));
    for (const note of switched) work.notes.push(note);
    repairs = repairs.concat(work.repairs);
  }
  const byDay = (a: { day: number }, b: { day: number }) => a.day - b.day;
  return {
    bars: work.bars,
    actions: work.actions,
    repairs: repairs.toSorted(byDay),
    quarantined: work.quarantined.sort((a, b) => a.index - b.index),
    notes: [...notes, ...work.notes].sort(byDay),
  };
}

/** Rows first, then units and splits, and on prices that are right, dividends. */
function pass(work: WorkingBars): WorkingBars {
  repairRows(work);
  repairUnits(work);
  repairSplits(work);
  fillAdjusted(work);
  repairDividends(work);
  return work;
}
