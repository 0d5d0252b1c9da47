import { isAbsolute, relative, sep } from 'node:path';

/** Where in a file; from 1. */
export interface Place {
  /** Below the folder of strategies. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The place in the user's folder that an error tells of: the innermost frame of its stack there, or
 * what is underlined in a mistake of syntax, whose text begins with `file:line`.
 */
export function placeOf(stack: string, folder: string, file: string): Place | null {
  return underlined(stack, folder, file) ?? innermost(stack, folder);
}

function underlined(stack: string, folder: string, file: string): Place | null {
  // A few lines of the text may stand above the one that is underlined.
  const [, path = '', line = '', marks = ''] =
    /^(.*):(\d+)\n(?:.*\n)*?( *)\^+\s*\n/.exec(stack) ?? [];
  if (line === '') return null;
  const below = path === '' ? file : belowFolder(path, folder);
  return below === null ? null : { file: below, line: Number(line), column: marks.length + 1 };
}

function innermost(stack: string, folder: string): Place | null {
  for (const frame of stack.split('\n')) {
    const [, path = '', line, column] = /(?:\(|at )([^()]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const below = belowFolder(path.replace(/^async /, ''), folder);
    if (below !== null) return { file: below, line: Number(line), column: Number(column) };
  }
  return null;
}

function belowFolder(path: string, folder: string): string | null {
  if (!isAbsolute(path)) return null;
  const below = relative(folder, path);
  return below === '' || below.startsWith('..') || isAbsolute(below)
    ? null
    : below.split(sep).join('/');
}

/** Where a pattern is first met in a text; null where it is not. */
export function placeOfWords(text: string, words: RegExp): Omit<Place, 'file'> | null {
  const found = words.exec(text);
  if (found === null) return null;
  const before = text.slice(0, found.index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
