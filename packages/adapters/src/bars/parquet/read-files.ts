import { type BarFile, ObjectRefusal, type ObjectStore } from '@plimsoll/ports';
import type { Duck } from './duck.ts';
import { type Columns, mergeColumns } from './merge-columns.ts';
import { type BarField, countRows, fillColumns, type Stretch } from './parquet-file.ts';

interface Source {
  readonly duck: Duck;
  readonly objects: ObjectStore;
}

/** A stretch of the answer: bars of one file that are still to be read, or bars merged from several. */
interface Segment {
  readonly count: number;
  readonly fill: (columns: Columns, at: number) => Promise<void> | void;
}

/**
 * Fields of the bars that files have in a stretch, by time; `files` are ordered by version, the newest
 * last, which wins. Files that overlap no other are read straight into the answer, two at a time.
 */
export async function readFiles(
  source: Source,
  files: readonly BarFile[],
  stretch: Stretch,
  fields: readonly BarField[],
): Promise<Columns> {
  const wanted = files.filter(({ first, last }) => first < stretch.until && last >= stretch.from);
  const segments = await Promise.all(
    clusters(wanted).map((cluster) =>
      cluster.length === 1
        ? single(source, cluster[0] as BarFile, stretch, fields)
        : merged(source, cluster, stretch, fields),
    ),
  );
  const total = segments.reduce((sum, { count }) => sum + count, 0);
  const columns = fields.map(() => new Float64Array(total));
  let at = 0;
  const filled = segments.map((segment) => {
    const here = at;
    at += segment.count;
    return segment.fill(columns, here);
  });
  await Promise.all(filled);
  return columns;
}

/** Files whose spans touch each other, each by version; by time. */
function clusters(files: readonly BarFile[]): BarFile[][] {
  const rank = new Map(files.map((file, i) => [file, i]));
  const found: BarFile[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const file of [...files].sort((a, b) => a.first - b.first)) {
    if (file.first > until) found.push([]);
    found.at(-1)?.push(file);
    until = Math.max(until, file.last);
  }
  for (const cluster of found) cluster.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  return found;
}

async function single(
  { duck, objects }: Source,
  file: BarFile,
  stretch: Stretch,
  fields: readonly BarField[],
): Promise<Segment> {
  const path = await pathOf(objects, file);
  const inside = stretch.from <= file.first && file.last < stretch.until;
  const part = inside
    ? { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
    : stretch;
  const count = inside ? file.count : await countRows(duck, path, stretch);
  return {
    count,
    fill: (columns, at) =>
      fillColumns(duck, { path, stretch: part, count }, fields, { columns, at }),
  };
}

async function merged(
  source: Source,
  files: readonly BarFile[],
  stretch: Stretch,
  fields: readonly BarField[],
): Promise<Segment> {
  let joined: Columns = fields.map(() => new Float64Array(0));
  for (const file of files) {
    const { count, fill } = await single(source, file, stretch, fields);
    const columns = fields.map(() => new Float64Array(count));
    await fill(columns, 0);
    joined = mergeColumns(joined, columns);
  }
  return {
    count: joined[0]?.length ?? 0,
    fill: (columns, at) => {
      for (const [c, column] of columns.entries()) column.set(joined[c] ?? [], at);
    },
  };
}

async function pathOf(objects: ObjectStore, { name, sha256 }: BarFile): Promise<string> {
  const path = await objects.localPath(name, sha256);
  if (path !== null) return path;
  throw new ObjectRefusal({
    code: 'objects.missing',
    detail: `The file ${name} is listed and not there. Bring it back from a backup.`,
  });
}
