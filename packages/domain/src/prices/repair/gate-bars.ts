import { type BarColumns, takeBars } from '../bar-columns.ts';
import { type Inspection, inspectBars, type QuarantinedBar } from '../inspect-bars.ts';
import { placeBars } from '../place-bars.ts';
import { noteSeries } from './note-series.ts';
import type { PriceAction, PriceFacts } from './price-action.ts';
import type { PriceRepair, QualityNote } from './price-repair.ts';
import { repairBars } from './repair-bars.ts';

/** What the quality gate let through, what it mended, and what it kept back. */
export interface Gated {
  /** Days strictly rising, every close a price. */
  readonly accepted: BarColumns;
  /** By day; those that were wrong corrected or gone. */
  readonly actions: readonly PriceAction[];
  /** By day. */
  readonly repairs: readonly PriceRepair[];
  /** In the order of what was given. */
  readonly quarantined: readonly QuarantinedBar[];
  /** By day. */
  readonly notes: readonly QualityNote[];
}

/**
 * The quality gate for daily bars: put in order, mend what is provable, quarantine what is wrong,
 * note what is odd. Nothing of what is given is changed.
 */
export function gateBars(
  bars: BarColumns,
  actions: readonly PriceAction[],
  facts: PriceFacts,
): Gated {
  const placed = placeBars(bars);
  const inOrder = takeBars(bars, placed.rows);
  const repaired = repairBars(inOrder, actions, { ...facts, interval: 'day' });
  const gone = new Set(repaired.quarantined.map(({ index }) => index));
  const rows: number[] = [];
  for (let row = 0; row < inOrder.days.length; row++) if (!gone.has(row)) rows.push(row);
  const days = new Set(repaired.actions.map(({ day }) => day));
  const inspection = inspectBars(takeBars(repaired.bars, rows), days);
  const original = (row: number): number => placed.rows[row] as number;
  const quarantined = [
    ...placed.misplaced,
    ...repaired.quarantined.map((bar) => ({ ...bar, index: original(bar.index) })),
    ...inspection.quarantined.map((bar) => ({
      ...bar,
      index: original(rows[bar.index] as number),
    })),
  ];
  const found = [
    ...noteSeries(inspection.accepted, repaired.actions, facts),
    ...noteRanges(inspection),
  ];
  const isTold = new Set(found.map(({ day, kind }) => `${kind} ${day}`));
  const jumps = inspection.notes.filter(({ day, kind }) => !isTold.has(`${kind} ${day}`));
  return {
    accepted: inspection.accepted,
    actions: repaired.actions,
    repairs: repaired.repairs,
    quarantined: quarantined.sort((a, b) => a.index - b.index),
    notes: [...repaired.notes, ...found, ...jumps].sort((a, b) => a.day - b.day),
  };
}

/** One note for all bars whose close lies outside of their high and low, as thinly traded shares have. */
function noteRanges({ accepted, rangesDoubtful }: Inspection): QualityNote[] {
  const last = accepted.days.at(-1);
  if (rangesDoubtful === 0 || last === undefined) return [];
  const detail = `On ${rangesDoubtful} of ${accepted.days.length} days the close lies outside of high and low, as where it is the middle of bid and ask and few trade. The bars are kept as they are.`;
  return [{ day: last, kind: 'close-outside-range', detail }];
}
