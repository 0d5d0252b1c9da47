import { isDay } from '@plimsoll/kernel';
import { StoreRefusal } from '@plimsoll/ports';

/** Where a page ended. */
export interface PagePosition {
  readonly day: string;
  readonly seq: number;
}

/** A position as opaque text. */
export const writeCursor = ({ day, seq }: PagePosition): string =>
  Buffer.from(`${day}/${seq}`).toString('base64url');

/** Reads what `writeCursor` gave; refuses text that it cannot have given. */
export function readCursor(cursor: string | null): PagePosition | null {
  if (cursor === null) return null;
  const [day = '', number = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  const seq = Number(number);
  if (!isDay(day) || !/^\d{1,15}$/.test(number) || writeCursor({ day, seq }) !== cursor) {
    throw new StoreRefusal({
      code: 'store.invalid-cursor',
      detail: `"${cursor.slice(0, 80)}" is not a cursor of this list. Take it from the "next" of the page before, or leave it out to start anew.`,
    });
  }
  return { day, seq };
}
