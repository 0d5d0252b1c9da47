/** A column: its title, and whether it holds numbers. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Rows under titles, numbers to the right; columns that are empty throughout are left out. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shown = columns.flatMap((column, at) =>
    rows.some((row) => (row[at] ?? '') !== '') ? [{ ...column, at }] : [],
  );
  const widths = shown.map(({ title, at }) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => padded(cell, widths[at] ?? 0, shown[at]?.right === true))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [
    line(shown.map(({ title }) => title)),
    rule,
    ...rows.map((row) => line(shown.map(({ at }) => row[at] ?? ''))),
  ].join('\n');
}

const padded = (cell: string, width: number, right: boolean): string => {
  const gap = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return right ? gap + cell : cell + gap;
};

const graphemes = new Intl.Segmenter();

/** Characters as a person counts them; wide scripts take two cells. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(segment)
      ? 2
      : 1;
  }
  return width;
};

/** Text from a file or a person, safe to show in a terminal: no control characters. */
export const plain = (text: string): string =>
  [...text].map((character) => (isControl(character) ? '�' : character)).join('');

const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || (code >= 127 && code < 160);
};
