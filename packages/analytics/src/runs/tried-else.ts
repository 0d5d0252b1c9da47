import type { CarryOutOptions } from './carry-out-options.ts';
import type { RunTask } from './run-task.ts';
import { tryKey } from './try-key.ts';

/** Sharpe ratios of what earlier runs tried that is not among these sets; NaN where a try has none. */
export function triedElse(
  { triedBefore: { sharpe, keys, terms } }: Pick<RunTask, 'triedBefore'>,
  sets: readonly Readonly<Record<string, unknown>>[],
  { digest }: Pick<CarryOutOptions, 'digest'>,
): Float64Array {
  if (keys === undefined || terms === undefined || digest === undefined || sharpe.length === 0) {
    return sharpe;
  }
  const own = new Set(sets.map((set) => tryKey(set, terms, digest)));
  return sharpe.filter((_, i) => !own.has(keys[i] as bigint));
}
