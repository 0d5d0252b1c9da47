import type { DayNumber } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/**
 * Whether closes have undone a split already, as some providers' files do: the close of its day is
 * nearer to the one before than to its share of it. A split before the first or after the last close
 * leaves nothing to tell by, and nothing to undo.
 */
export function isUndone(
  { days, close }: Pick<DailyBars, 'days' | 'close'>,
  day: DayNumber,
  ratio: number,
): boolean {
  const at = days.findIndex((one) => one >= day);
  if (at <= 0) return true;
  const step = Math.log((close[at] ?? Number.NaN) / (close[at - 1] ?? Number.NaN));
  return Math.abs(step) < Math.abs(step + Math.log(ratio));
}
