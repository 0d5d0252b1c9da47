import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Closing prices or other daily columns of a file, row-major. */
export interface Columns {
  /** ISO days, one a row. */
  readonly days: readonly string[];
  readonly names: readonly string[];
  /** Shape [days × names]; NaN where the file has no number. */
  readonly values: Float64Array;
}

/** A case that needs the files of data where they are not there. */
export class NoGoldenData extends Error {
  override readonly name = 'NoGoldenData';
}

/**
 * The files that cases name, in `data/quant` and its neighbours beside the checkout. Where they are
 * absent, reading throws `NoGoldenData` and the case counts as one that was not run.
 */
export class GoldenData {
  readonly #folder: string;
  readonly #read = new Map<string, Columns>();

  constructor(
    folder = process.env['PLIMSOLL_SHARED'] ?? join(import.meta.dirname, '../../shared'),
  ) {
    this.#folder = folder;
  }

  /** The path of a file of data by its name, `quant/` unless it names another folder. */
  path(file: string): string {
    const path = join(this.#folder, 'data', file.includes('/') ? file : `quant/${file}`);
    if (!existsSync(path)) throw new NoGoldenData(`${file} is not beside the checkout`);
    return path;
  }

  text(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  /** A comma-separated file whose first column is the day, in any of the forms that the files use. */
  columns(file: string): Columns {
    const known = this.#read.get(file);
    if (known) return known;
    const read = readColumns(this.text(file));
    this.#read.set(file, read);
    return read;
  }
}

/** The named columns (all if none are named) of the days from the first to the last given, both included. */
export function select(
  all: Columns,
  { names = all.names, range }: { names?: readonly string[]; range?: readonly [string, string] },
): Columns {
  const places = names.map((name) => {
    const place = all.names.indexOf(name);
    if (place < 0) throw new Error(`no column ${name}`);
    return place;
  });
  const rows = all.days.flatMap((day, row) =>
    range === undefined || (day >= range[0] && day <= range[1]) ? [row] : [],
  );
  return {
    days: rows.map((row) => all.days[row] ?? ''),
    names,
    values: Float64Array.from(
      rows.flatMap((row) =>
        places.map((place) => all.values[row * all.names.length + place] ?? NaN),
      ),
    ),
  };
}

/** Simple returns from row to row: [days − 1 × names]. */
export function simpleReturns({ days, names, values }: Columns): Columns {
  const width = names.length;
  const returns = new Float64Array((days.length - 1) * width);
  for (let i = 0; i < returns.length; i++) {
    returns[i] = (values[i + width] ?? NaN) / (values[i] ?? NaN) - 1;
  }
  return { days: days.slice(1), names, values: returns };
}

function readColumns(text: string): Columns {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = head.split(',').slice(1).map(unquoted);
  const rows = lines.map((line) => line.split(','));
  return {
    days: rows.map(([day = '']) => isoDay(unquoted(day))),
    names,
    values: Float64Array.from(
      rows.flatMap((row) => names.map((_, i) => number(unquoted(row[i + 1] ?? '')))),
    ),
  };
}

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');
const number = (cell: string): number => (cell === '' ? Number.NaN : Number(cell));

/** `2018-04-11`, `4/11/2018` and `2018-04-11 00:00:00` are one day; what is no day stays as it is. */
function isoDay(text: string): string {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american) {
    const [, month = '', day = '', year = ''] = american;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : text;
}
