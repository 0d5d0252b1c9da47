import { ok, type Result } from '@plimsoll/kernel';
import type { Importer, ImportFile } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';

/** The importer that is surest of the file; the one named, where one is. */
export function recognise(
  importers: readonly Importer[],
  file: ImportFile,
  format: string | undefined,
): Result<Importer, EngineFault> {
  if (format !== undefined) {
    const named = importers.find(({ id }) => id === format);
    if (named) return ok(named);
    const known = importers.map(({ id }) => id).sort();
    return fault(
      'import.format-unknown',
      `There is no format "${format}". Known: ${known.join(', ')}.`,
    );
  }
  let best: Importer | null = null;
  let surest = 0;
  for (const importer of importers) {
    const sure = importer.detect(file);
    if (sure > surest) {
      surest = sure;
      best = importer;
    }
  }
  if (best) return ok(best);
  return fault(
    'import.format-unknown',
    `${file.name} is of no format we know. Name one with --format, or map its columns if it is a CSV.`,
    { file: file.name },
  );
}
