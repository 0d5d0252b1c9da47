import type { BarColumns } from '../bar-columns.ts';
import type { OffLevel } from './level-path.ts';

/** Neighbouring rows whose prices stand at one level, `from` included, `until` excluded. */
export interface Level {
  readonly from: number;
  readonly until: number;
  /** 0: that of the latest row; +1: the ratio × higher, −1: lower. */
  readonly times: number;
  /** How many of the rows confirm it: those in which somebody traded; all where no volume is known. */
  readonly support: number;
}

/** With more changes of the unit than this, nobody can tell which one is right. */
export const mostChanges = 6;
/** A new level is believed once so many rows confirm it. */
export const settled = 5;
/** One that latest rows without trades left again: a quarter of a year. */
const lasting = 65;

/** The rows as levels, in their order: those found to be off, and what lies between them. */
export function levelsOf(
  { volume }: BarColumns,
  rows: Int32Array,
  found: readonly OffLevel[],
): Level[] {
  const isTraded = rows.map((row) => ((volume[row] as number) > 0 ? 1 : 0));
  const hasVolume = isTraded.includes(1);
  const levels: Level[] = [];
  const add = (from: number, until: number, times: number): void => {
    if (until <= from) return;
    const traded = isTraded.subarray(from, until).reduce((sum, one) => sum + one, 0);
    levels.push({ from, until, times, support: hasVolume ? traded : until - from });
  };
  let from = 0;
  for (const off of found) {
    add(from, off.from, 0);
    add(off.from, off.until, off.times);
    from = off.until;
  }
  add(from, rows.length, 0);
  return levels;
}

/**
 * Which level is right: the latest one once five rows confirm it, and until then the latest that
 * five rows did. Latest rows that come back to a level of more support decide for that one, since
 * what lies between left it and returned. Latest rows without trades decide nothing by themselves:
 * beside them a level of less support is right only where it lasted a quarter of a year.
 *
 * @returns `times` of the right level; null where it cannot be told.
 */
export function rightLevel(levels: readonly Level[]): number | null {
  const last = levels.at(-1);
  const confirmed = levels.findLast(({ support }) => support >= settled);
  if (last === undefined || confirmed === undefined) return null;
  if (last === confirmed || last.times === confirmed.times) return last.times;
  const supportOf = (times: number): number =>
    levels.reduce((sum, level) => (level.times === times ? sum + level.support : sum), 0);
  const own = supportOf(confirmed.times);
  const other = supportOf(last.times);
  if (last.support > 0) return other > own ? last.times : confirmed.times;
  if (last.until - last.from > own) return null;
  return other < own || confirmed.support >= lasting ? confirmed.times : null;
}
