import { endianness } from 'node:os';
import { dayFromNumber, invariant } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

// Columns are stored little-endian and viewed in place; every platform Plimsoll names is of that kind.
invariant(
  endianness() === 'LE',
  'This machine is big-endian, which the price columns are not made for',
);

/** The fields of a bar beside its day, in the order they are stored. */
const barFields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;

type BarField = (typeof barFields)[number];

/** The bytes of a column, not copied. */
export const columnBytes = (column: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** Bytes as day numbers. */
export const daysColumn = (bytes: Uint8Array): Int32Array => new Int32Array(aligned(bytes, 4));

/** Bytes as floats. */
export const floatsColumn = (bytes: Uint8Array): Float64Array =>
  new Float64Array(aligned(bytes, 8));

/** The bytes as a buffer of their own that a typed array may start at. */
function aligned(bytes: Uint8Array, size: number): ArrayBuffer {
  invariant(bytes.byteLength % size === 0, `A price column of ${bytes.byteLength} bytes`);
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return buffer;
  return bytes.slice().buffer;
}

/** Bars with room for `count` days. */
function emptyBars(count: number): DailyBars {
  return {
    days: new Int32Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    adjustedClose: new Float64Array(count),
    volume: new Float64Array(count),
  };
}

/** The year a day number lies in. */
export const yearOf = (day: number): number => Number(dayFromNumber(day).slice(0, 4));

/** The bars from index `start` until `end`, sharing memory. */
export function sliceBars(bars: DailyBars, start: number, end: number): DailyBars {
  const cut = (field: BarField) => bars[field].subarray(start, end);
  return {
    days: bars.days.subarray(start, end),
    open: cut('open'),
    high: cut('high'),
    low: cut('low'),
    close: cut('close'),
    adjustedClose: cut('adjustedClose'),
    volume: cut('volume'),
  };
}

/** Bars in one, in the order given. */
export function joinBars(blocks: readonly DailyBars[]): DailyBars {
  const joined = emptyBars(blocks.reduce((count, { days }) => count + days.length, 0));
  let at = 0;
  for (const block of blocks) {
    joined.days.set(block.days, at);
    for (const field of barFields) joined[field].set(block[field], at);
    at += block.days.length;
  }
  return joined;
}

/** What a merge of bars gives. */
export interface MergedBars {
  readonly bars: DailyBars;
  readonly added: number;
  readonly changed: number;
  /** Days of the earlier bars that the later ones do not have. */
  readonly kept: number;
}

/** Both by day; where both have a day, the later bar holds as a whole. */
export function mergeBars(earlier: DailyBars, later: DailyBars): MergedBars {
  const merged = emptyBars(earlier.days.length + later.days.length);
  const counts = { added: 0, changed: 0, kept: 0 };
  let [at, i, j] = [0, 0, 0];
  while (i < earlier.days.length || j < later.days.length) {
    const before = earlier.days[i] ?? Number.POSITIVE_INFINITY;
    const after = later.days[j] ?? Number.POSITIVE_INFINITY;
    if (before < after) {
      copyBar(earlier, i++, merged, at++);
      counts.kept++;
      continue;
    }
    if (before > after) counts.added++;
    else if (!sameBar(earlier, i++, later, j)) counts.changed++;
    copyBar(later, j++, merged, at++);
  }
  return { bars: sliceBars(merged, 0, at), ...counts };
}

function copyBar(from: DailyBars, i: number, to: DailyBars, at: number): void {
  to.days[at] = from.days[i] ?? 0;
  for (const field of barFields) to[field][at] = from[field][i] ?? Number.NaN;
}

const sameBar = (a: DailyBars, i: number, b: DailyBars, j: number): boolean =>
  barFields.every((field) => Object.is(a[field][i], b[field][j]));

/** Days with their closes. */
export interface Closes {
  readonly days: Int32Array;
  readonly close: Float64Array;
}

/** Both by day; where both have a day, the later close holds. */
export function mergeCloses(earlier: Closes, later: Closes): Closes {
  const days = new Int32Array(earlier.days.length + later.days.length);
  const close = new Float64Array(days.length);
  let [at, i, j] = [0, 0, 0];
  while (i < earlier.days.length || j < later.days.length) {
    const before = earlier.days[i] ?? Number.POSITIVE_INFINITY;
    const after = later.days[j] ?? Number.POSITIVE_INFINITY;
    if (before <= after) i++;
    if (after <= before) j++;
    days[at] = Math.min(before, after);
    close[at++] = (after <= before ? later.close[j - 1] : earlier.close[i - 1]) ?? Number.NaN;
  }
  return { days: days.slice(0, at), close: close.slice(0, at) };
}

/** The same bars in another price unit. */
export function scaleBars(bars: DailyBars, factor: number): DailyBars {
  if (factor === 1) return bars;
  const scale = (column: Float64Array) => column.map((price) => price * factor);
  return {
    ...bars,
    open: scale(bars.open),
    high: scale(bars.high),
    low: scale(bars.low),
    close: scale(bars.close),
    adjustedClose: scale(bars.adjustedClose),
  };
}
