import type { Timeframe } from '@plimsoll/domain';
import { dayFromNumber } from '@plimsoll/kernel';

const dayMs = 86_400_000;

/**
 * The stretch of time that one file may span, so that a file has at most a few million bars: a month
 * of seconds, a year of minutes, ten years of anything coarser. `2024-03`, `2024`, `202`.
 */
export function periodOf(timeframe: Timeframe, at: number): string {
  const day = dayFromNumber(Math.floor(at / dayMs));
  if (timeframe === '1s') return day.slice(0, 7);
  return timeframe === '1m' ? day.slice(0, 4) : day.slice(0, 3);
}

/** Files of a workspace: `bars/main/`. */
export const folderOf = (workspaceId: string): string => `bars/${safe(workspaceId)}/`;

/** What tells a file apart from all others of its workspace. */
export interface FileName {
  readonly workspaceId: string;
  readonly timeframe: Timeframe;
  readonly instrumentId: string;
  /** Start of its first bar. */
  readonly first: number;
  readonly createdMs: number;
  readonly id: string;
}

/** `bars/main/1m/acme/2024-03-04-1799999999999-<id>.parquet`. */
export function fileName(of: FileName): string {
  const day = dayFromNumber(Math.floor(of.first / dayMs));
  const last = `${day}-${of.createdMs}-${safe(of.id)}.parquet`;
  return `${folderOf(of.workspaceId)}${of.timeframe}/${safe(of.instrumentId)}/${last}`;
}

/** When a file was made, by its name; NaN where it is none of ours. */
export const createdMsOf = (name: string): number =>
  Number(/\/\d{4}-\d\d-\d\d-(\d+)-[^/]*\.parquet$/.exec(name)?.[1] ?? Number.NaN);

/** Letters, digits, `_` and `-` as they are, every other byte as `=` and two hex digits; 200 at most. */
function safe(id: string): string {
  const text = [...new TextEncoder().encode(id)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(sign) ? sign : `=${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return text === '' ? '=' : text.slice(0, 200);
}
