import type { Importer, ImportFile, ParsedFile } from '@plimsoll/ports';
import { looksBinary, maxImportBytes } from './decode-text.ts';
import { wholeFileRefused } from './reading.ts';

/** Why no importer of text can read the file; undefined where one may. */
function unreadable(file: ImportFile): ParsedFile | undefined {
  if (file.bytes.length > maxImportBytes) {
    return wholeFileRefused({
      value: file.name,
      code: 'import.too-large',
      reason: `The file has ${file.bytes.length} bytes; at most ${maxImportBytes} are read.`,
      fix: 'Export a shorter period at a time.',
    });
  }
  if (looksBinary(file.bytes)) {
    return wholeFileRefused({
      value: file.name,
      code: 'import.not-text',
      reason: 'The file is not text (it may be a PDF, a workbook or an archive).',
      fix: 'Export it as CSV, or unpack it first.',
    });
  }
  if (file.text.trim() !== '') return undefined;
  return wholeFileRefused({
    value: file.name,
    code: 'import.empty',
    reason: 'The file is empty.',
    fix: 'Export it again.',
  });
}

/** An importer of a text format: what is too large, binary or empty never reaches its code. */
export const defineImporter = (importer: Importer): Importer => ({
  ...importer,
  detect: (file) => (unreadable(file) ? 0 : importer.detect(file)),
  parse: (file, options) => unreadable(file) ?? importer.parse(file, options),
});
