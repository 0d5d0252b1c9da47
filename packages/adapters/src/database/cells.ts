import { InvariantError } from '@plimsoll/kernel';
import type { Cell } from './session.ts';

const wrong = (cell: Cell | undefined, wanted: string): InvariantError =>
  new InvariantError(`The database gave ${cell === null ? 'null' : typeof cell} for ${wanted}`);

/** A cell that is text. */
export function text(cell: Cell | undefined): string {
  if (typeof cell !== 'string') throw wrong(cell, 'text');
  return cell;
}

/** A cell that is text or null. */
export const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null ? null : text(cell);

/** A cell that is a whole number. */
export function integer(cell: Cell | undefined): number {
  if (typeof cell !== 'number') throw wrong(cell, 'a whole number');
  return cell;
}

/** A cell that is true or false. */
export function truth(cell: Cell | undefined): boolean {
  if (typeof cell !== 'boolean') throw wrong(cell, 'a truth value');
  return cell;
}

/** A cell that is bytes. */
export function bytes(cell: Cell | undefined): Uint8Array {
  if (!(cell instanceof Uint8Array)) throw wrong(cell, 'bytes');
  return cell;
}
