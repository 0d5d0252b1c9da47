import type { BarColumns } from '../bar-columns.ts';
import { fillAdjusted } from './fill-adjusted.ts';
import type { PriceAction, PriceFacts } from './price-action.ts';
import type { Repaired } from './price-repair.ts';
import { repairDividends } from './repair-dividends.ts';
import { repairRows } from './repair-rows.ts';
import { repairSplits } from './repair-splits.ts';
import { repairUnits } from './repair-units.ts';
import { workOn } from './working-bars.ts';

/**
 * Mends what is provably wrong in a series and keeps the evidence; what is odd but cannot be proved
 * is noted, what cannot be used is named for quarantine. Repairing the repaired changes nothing.
 *
 * @param bars Days rising (several bars of one day only where `facts.interval` is `intraday`).
 */
export function repairBars(
  bars: BarColumns,
  actions: readonly PriceAction[],
  facts: PriceFacts,
): Repaired {
  const work = workOn(bars, actions, facts);
  repairRows(work);
  repairUnits(work);
  repairSplits(work);
  fillAdjusted(work);
  repairDividends(work);
  const byDay = (a: { day: number }, b: { day: number }) => a.day - b.day;
  return {
    bars: work.bars,
    actions: work.actions,
    repairs: work.repairs.sort(byDay),
    quarantined: work.quarantined.sort((a, b) => a.index - b.index),
    notes: work.notes.sort(byDay),
  };
}
