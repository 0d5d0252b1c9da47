import type { Day } from '@plimsoll/kernel';
import type { NativeRow } from './native-row.ts';
import { withoutGaps } from './read-instrument.ts';

/** What every transaction has. */
export interface RowHead {
  readonly effectiveAt: Day;
  readonly time?: string;
  readonly note?: string;
}

/** Reads day, time and note; a time within the date counts where there is no column for it. */
export function readHead(row: NativeRow): RowHead {
  const when = row.day('date');
  const effectiveAt = row.required('date', when?.day, '', 'Every row has a date');
  return withoutGaps({ effectiveAt, time: row.time() ?? when?.time, note: row.text('note') });
}
