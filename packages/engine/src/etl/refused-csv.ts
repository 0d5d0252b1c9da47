import type { EtlRefusal } from '@plimsoll/ports';

const quoted = (text: string): string =>
  // A cell that begins like a formula is kept from being one.
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Rows that were refused, as CSV to be mended and brought again. */
export const refusedCsv = (refusals: readonly EtlRefusal[]): string =>
  [
    'file,line,reason,fix,row',
    ...refusals.map(({ file, line, reason, fix, row }) =>
      [quoted(file), line ?? '', quoted(reason), quoted(fix), quoted(row)].join(','),
    ),
    '',
  ].join('\n');
