import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import type { PriceAction } from './price-action.ts';
import type { QualityNote } from './price-repair.ts';
import { isPrice } from './working-bars.ts';

/** No split gives more new units per old one, and none that combines them fewer than its inverse. */
const mostUnits = 1e6;
/** Amounts confused with their thousandths are the most that can be mended of any price. */
const mostTimes = 1000;

/** Corporate actions that can be, and notes of those that cannot. */
export interface PossibleActions {
  readonly possible: readonly PriceAction[];
  readonly notes: readonly QualityNote[];
}

/**
 * Drops corporate actions whose figures cannot be, even in another unit: ratios of splits outside
 * of 1 : 1,000,000 and 1,000,000 : 1, amounts of 0 or less, and amounts beyond a thousand times the
 * highest close (beyond numbers, where there is none).
 */
export function dropImpossible(bars: BarColumns, actions: readonly PriceAction[]): PossibleActions {
  const most = mostTimes * highest(bars.close);
  const isPossible = (action: PriceAction): boolean =>
    action.kind === 'split'
      ? action.ratio >= 1 / mostUnits && action.ratio <= mostUnits
      : isPrice(action.amount) && action.amount <= most;
  const notes = actions.flatMap((action): QualityNote[] => {
    if (isPossible(action)) return [];
    const { day } = action;
    const stated =
      action.kind === 'split'
        ? `split of ${dayFromNumber(day)} with ${action.ratio} new units for one old`
        : `${action.kind === 'dividend' ? 'dividend' : 'capital gain'} of ${action.amount} on ${dayFromNumber(day)}`;
    return [{ day, kind: 'impossible-action', detail: `The ${stated} cannot be and is left out.` }];
  });
  return { possible: notes.length === 0 ? actions : actions.filter(isPossible), notes };
}

/** The highest close that is a price; Infinity where none is. */
function highest(close: Float64Array): number {
  let most = 0;
  for (const value of close) if (isPrice(value) && value > most) most = value;
  return most === 0 ? Number.POSITIVE_INFINITY : most;
}
