import type { ColumnMapping, ImportFile } from '@plimsoll/ports';

const headBytes = 65_536;

/** Titles of the first line, as far as they can be told without knowing the format. */
export function columnsOf({ text }: ImportFile): string[] {
  const head = text.slice(0, headBytes).split(/\r\n|\n|\r/, 1)[0] ?? '';
  const delimiter = [';', '\t', '|', ','].find((one) => head.includes(one)) ?? ',';
  return head.split(delimiter).map((title) => title.trim().replace(/^"(.*)"$/, '$1'));
}

/** The saved mapping whose columns the file all has; of several the one that uses most of them. */
export function fittingMapping(
  file: ImportFile,
  saved: readonly ColumnMapping[],
): ColumnMapping | undefined {
  const titles = new Set(columnsOf(file));
  const used = (mapping: ColumnMapping): string[] =>
    Object.values(mapping.columns).filter((title) => title.trim() !== '');
  return saved
    .filter((mapping) => used(mapping).length > 0 && used(mapping).every((one) => titles.has(one)))
    .sort((a, b) => used(b).length - used(a).length)[0];
}
