import type { ParameterTable } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { InstrumentView } from '../strategy/strategy-context.ts';
import { alignedCloses, type PriceHistory } from './price-history.ts';
import { dayMs } from './schedule.ts';

/** Simple returns of several instruments between the times at which all had a close. */
export interface AlignedReturns {
  /** Oldest first, shape [window × instruments]. */
  readonly returns: Matrix;
  /** Rows in a year, by the calendar they took. */
  readonly perYear: number;
}

/** The newest `window` returns side by side; null where there are not that many. */
export function alignedReturns(
  history: PriceHistory,
  instruments: readonly InstrumentView[],
  window: number,
): AlignedReturns | null {
  const n = instruments.length;
  const aligned = n === 0 ? null : alignedCloses(history, instruments, window + 1);
  if (aligned === null) return null;
  const { closes, span } = aligned;
  const data = new Float64Array(window * n);
  for (let i = 0; i < data.length; i++) {
    data[i] = (closes[i + n] as number) / (closes[i] as number) - 1;
  }
  return {
    returns: { rows: window, columns: n, data },
    perYear: window / (span / (365.25 * dayMs)),
  };
}

/** Those of which more than `window` bars are known, so that they can be estimated. */
export const withHistory = (
  instruments: readonly InstrumentView[],
  window: number,
): readonly InstrumentView[] => instruments.filter(({ count }) => count > window);

/** The parameter that says how many returns are measured. */
export const windowParameter = <const D extends number>(title: string, standard: D) =>
  ({
    kind: 'integer',
    title,
    help: 'Days, or bars where they are shorter than half a day.',
    min: 10,
    max: 2000,
    unit: 'returns',
    default: standard,
  }) as const satisfies ParameterTable[string];
