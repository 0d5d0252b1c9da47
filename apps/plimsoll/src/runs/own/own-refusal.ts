import type { OwnFault } from './own-protocol.ts';
import type { Place } from './place-in-file.ts';

/** Thrown where a user's file gives no strategy that can be run; told to the user as it is. */
export class OwnRefusal extends Error {
  override readonly name = 'OwnRefusal';
  readonly fault: OwnFault;

  constructor(file: string, place: Omit<Place, 'file'> | null, message: string) {
    super(message);
    this.fault = ownFault('strategy.broken', file, place, message);
  }
}

/** A fault of a user's file. */
export function ownFault(
  code: string,
  file: string,
  place: Omit<Place, 'file'> | null,
  message: string,
): OwnFault {
  const where = place === null ? file : `${file}:${place.line}:${place.column}`;
  const { line, column } = place ?? { line: null, column: null };
  return { code, detail: `${where}: ${message}`, file, line, column, message };
}
