import { ok } from '@plimsoll/kernel';
import { all, type Read, type Row, whenFields } from '../../importer-kit/index.ts';

/** When, in which currency, and what the row says of itself. */
export interface RowHead {
  readonly effectiveAt: string;
  readonly time?: string;
  readonly note?: string;
  readonly currency: string;
}

/** The day is the one the app shows; the instant's time counts where it falls on that day. */
export function headOf(row: Row): Read<RowHead> {
  const read = all({
    shown: row.when('date'),
    instant: row.when('datetime'),
    currency: row.currency('currency'),
  });
  if (!read.ok) return read;
  const { shown, instant, currency } = read.value;
  const when = shown.day === instant.day ? instant : { day: shown.day };
  const note = row.text('description');
  return ok({ ...whenFields(when), ...(note === '' ? {} : { note }), currency });
}
