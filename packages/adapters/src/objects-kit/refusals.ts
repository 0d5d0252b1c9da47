import { ObjectRefusal } from '@plimsoll/ports';

/** The file is there and is not the one that was kept. */
export const damaged = (name: string, where: string): ObjectRefusal =>
  new ObjectRefusal({
    code: 'objects.damaged',
    detail: `The file ${name} ${where} is not the one that was kept: its hash differs. Bring it back from a backup.`,
  });

/** What is kept cannot be reached. */
export const unavailable = (detail: string, cause?: unknown): ObjectRefusal =>
  new ObjectRefusal({ code: 'objects.unavailable', detail }, { cause });
