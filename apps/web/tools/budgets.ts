import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Kilobytes of JavaScript after gzip. A build above one of them fails. */
export interface Budgets {
  /** What every page loads: the entry with all it imports at once. */
  readonly entry: number;
  /** Any one piece that is loaded for a route or on demand. */
  readonly route: number;
  /** The entry and what the overview needs. */
  readonly firstScreen: number;
  readonly whole: number;
}

/** A JavaScript file of the build. */
export interface Piece {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  /** The module it was made for, where it is loaded on demand. */
  readonly madeFor: string | null;
  readonly bytes: number;
}

const firstRoute = /features\/overview\//;

/** The sizes in kilobytes, and a sentence for each that is above its budget. */
export function judge(pieces: readonly Piece[], allowed: Budgets) {
  const sizes = measure(pieces);
  const over = (what: string, size: number, limit: number) =>
    size > limit ? [`${what} is ${size.toFixed(1)} KB gz, ${limit} KB are allowed`] : [];
  const faults = [
    ...over('The entry', sizes.entry, allowed.entry),
    ...over('The first screen', sizes.firstScreen, allowed.firstScreen),
    ...over('The whole app', sizes.whole, allowed.whole),
    ...sizes.routes.flatMap(({ name, size }) => over(`The piece ${name}`, size, allowed.route)),
  ];
  return { sizes, faults };
}

function measure(pieces: readonly Piece[]) {
  const byName = new Map(pieces.map((piece) => [piece.fileName, piece]));
  const closure = (starts: readonly Piece[]) => {
    const found = new Set(starts);
    for (const piece of found) {
      for (const name of piece.imports) {
        const next = byName.get(name);
        if (next) found.add(next);
      }
    }
    return found;
  };
  const total = (set: Iterable<Piece>) =>
    [...set].reduce((sum, piece) => sum + piece.bytes, 0) / 1024;
  const entry = closure(pieces.filter((piece) => piece.isEntry));
  const overview = pieces.filter((piece) => firstRoute.test(piece.madeFor ?? ''));
  return {
    entry: total(entry),
    firstScreen: total(closure([...entry, ...overview])),
    whole: total(pieces),
    routes: pieces
      .filter((piece) => !entry.has(piece))
      .map((piece) => ({ name: piece.fileName, size: piece.bytes / 1024 })),
  };
}

/** Fails the build when the page has grown beyond its budgets. */
export function budgets(allowed: Budgets): Plugin {
  return {
    name: 'plimsoll-budgets',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const pieces = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk'
          ? [
              {
                fileName: file.fileName,
                isEntry: file.isEntry,
                imports: file.imports,
                madeFor: file.facadeModuleId,
                bytes: gzipSync(file.code, { level: 9 }).length,
              },
            ]
          : [],
      );
      const { sizes, faults } = judge(pieces, allowed);
      if (faults.length > 0) this.error(faults.join('\n'));
      const kilobytes = (size: number) => `${size.toFixed(1)} KB`;
      this.info(
        `JavaScript after gzip: entry ${kilobytes(sizes.entry)}, first screen ${kilobytes(sizes.firstScreen)}, whole ${kilobytes(sizes.whole)}`,
      );
    },
  };
}
