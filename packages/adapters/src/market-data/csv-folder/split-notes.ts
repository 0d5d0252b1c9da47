import { indexAt } from '@plimsoll/domain';
import { dayNumber } from '@plimsoll/kernel';
import type { DailyBars, ProviderAction } from '@plimsoll/ports';

/**
 * A split of 4 for 1 quarters the price as traded. Where a file names the split but its closes do
 * not show it, they were adjusted for it, and units held before it would be valued too low.
 */
export function splitNotes(bars: DailyBars, actions: readonly ProviderAction[]): string[] {
  return actions.flatMap(({ kind, value, day }) => {
    if (kind !== 'split') return [];
    const at = indexAt(bars.days, dayNumber(day));
    const [before, after] = [bars.close[at - 1], bars.close[at]];
    if (before === undefined || after === undefined || bars.days[at] !== dayNumber(day)) return [];
    const step = Math.log(after / before);
    const asTraded = Math.abs(step + Math.log(value));
    if (asTraded <= Math.abs(step)) return [];
    return [
      `The closes before ${day} look adjusted for the split of ${Number(value.toPrecision(4))} for 1 on that day; closes as traded are needed to value what was held before it.`,
    ];
  });
}
