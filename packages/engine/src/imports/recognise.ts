import { ok, type Result } from '@plimsoll/kernel';
import type { Importer, ImportFile } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';

/** Reads any table by a mapping of its columns; of other files it says what they are. */
export const anyTable = 'mapped-csv';

/** The format whose words are the user's own. */
export const nativeTable = 'plimsoll-csv';

/**
 * The importer that is surest of the file, or the one named. A file that none knows goes to the
 * reader of any table, which says what is wrong with it.
 */
export function recognise(
  importers: readonly Importer[],
  file: ImportFile,
  format: string | undefined,
): Result<Importer, EngineFault> {
  if (format !== undefined) return named(importers, format);
  let best: Importer | null = null;
  let surest = 0;
  for (const importer of importers) {
    const sure = importer.detect(file);
    if (sure > surest) {
      surest = sure;
      best = importer;
    }
  }
  return best ? ok(best) : named(importers, anyTable);
}

function named(importers: readonly Importer[], format: string): Result<Importer, EngineFault> {
  const found = importers.find(({ id }) => id === format);
  if (found) return ok(found);
  const known = importers.map(({ id }) => id).sort();
  return fault(
    'import.format-unknown',
    `There is no format "${format}". Known: ${known.join(', ')}.`,
  );
}
