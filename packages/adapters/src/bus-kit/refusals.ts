import { BusRefusal } from '@plimsoll/ports';

/** The bus cannot be reached, or did not answer in time. */
export const unavailable = (where: string, reason: string): BusRefusal =>
  new BusRefusal({
    code: 'bus.unavailable',
    detail: `The bus at ${where} cannot be used (${reason}). Nothing of the record depends on it; it is tried again.`,
  });

/** Work was asked of a bus that was closed. */
export const closed = (): BusRefusal =>
  new BusRefusal({ code: 'bus.closed', detail: 'The bus was closed.' });

/** What was thrown, in words. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Throws on what is a mistake of ours and no state of the server. */
export function rethrowBug(error: unknown): void {
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
}
