import type { BarFile, ObjectStore, RetiredBarFile } from '@plimsoll/ports';
import { createdMsOf, folderOf, periodOf } from './file-names.ts';
import type { Columns } from './merge-columns.ts';

type NewFile = Omit<BarFile, 'version'>;

/** What compaction is done with. */
export interface Compaction {
  readonly list: () => Promise<readonly BarFile[]>;
  readonly read: (files: readonly BarFile[]) => Promise<Columns>;
  readonly keep: (
    like: Pick<BarFile, 'instrumentId' | 'timeframe' | 'source'>,
    columns: Columns,
  ) => Promise<NewFile>;
  readonly join: (file: NewFile, partIds: readonly string[]) => Promise<boolean>;
  readonly retired: () => Promise<readonly RetiredBarFile[]>;
  readonly objects: ObjectStore;
  /** Files that did not count before this instant, in milliseconds, are nobody's any more. */
  readonly before: () => number;
}

/**
 * Joins the files of each instrument, timeframe and period into one: it is kept, then listed in the
 * place of its parts in one step. Stopped anywhere, what counts is what counted before or the joined
 * file; one that was kept and not listed is removed like the parts, when its time has come.
 */
export async function compactBars(
  with_: Compaction,
  workspaceId: string,
  signal: AbortSignal,
): Promise<{ readonly before: number; readonly after: number }> {
  const files = await with_.list();
  const groups = Map.groupBy(files, ({ instrumentId, timeframe, first }) =>
    JSON.stringify([instrumentId, timeframe, periodOf(timeframe, first)]),
  );
  for (const parts of groups.values()) {
    if (signal.aborted) break;
    if (parts.length > 1) await joinParts(with_, parts);
  }
  if (!signal.aborted) await sweep(with_, workspaceId);
  return { before: files.length, after: (await with_.list()).length };
}

async function joinParts(with_: Compaction, parts: readonly BarFile[]): Promise<void> {
  const newest = parts.at(-1) as BarFile;
  const source = [...new Set(parts.flatMap((part) => part.source.split(', ')))].join(', ');
  const joined = await with_.keep({ ...newest, source }, await with_.read(parts));
  const partIds = parts.map(({ id }) => id);
  // Another process may have joined them meanwhile; then ours is one too many.
  if (!(await with_.join(joined, partIds))) await with_.objects.remove(joined.name);
}

/** Removes files that do not count, once nobody can be reading or about to list them. */
async function sweep(with_: Compaction, workspaceId: string): Promise<void> {
  const kept = await with_.objects.list(folderOf(workspaceId));
  const listed = new Set((await with_.list()).map(({ name }) => name));
  const retired = new Map((await with_.retired()).map((one) => [one.name, one.retiredAt]));
  const before = with_.before();
  for (const name of kept) {
    if (listed.has(name)) continue;
    const retiredAt = retired.get(name);
    const since = retiredAt === undefined ? createdMsOf(name) : Date.parse(retiredAt);
    if (since <= before) await with_.objects.remove(name);
  }
}
