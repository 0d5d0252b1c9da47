import type { Conflict } from '@plimsoll/quant/solver';
import type { Region, RegionRow } from './region.ts';

/** 0.1 as 10 %, and as 0.1 where it is no fraction. */
export function amount(value: number, unit: RegionRow['unit']): string {
  const shown = unit === 'fraction' ? value * 100 : value;
  const text = String(Number(shown.toPrecision(6)));
  return unit === 'fraction' ? `${text} %` : text;
}

/** `sector Energy at most 10 %`. */
export const rowInWords = (row: RegionRow, side: 'lower' | 'upper'): string =>
  row.lower === row.upper
    ? `${row.name} exactly ${amount(row.lower, row.unit)}`
    : `${row.name} at ${side === 'lower' ? 'least' : 'most'} ${amount(row[side], row.unit)}`;

/** `AAPL at most 10 %`. */
export const boundInWords = (region: Region, at: number, side: 'lower' | 'upper'): string =>
  region.lower[at] === region.upper[at]
    ? `${region.names[at]} exactly ${amount(region.lower[at], 'fraction')}`
    : `${region.names[at]} at ${side === 'lower' ? 'least' : 'most'} ${amount(region[side][at], 'fraction')}`;

/** `sector Energy at least 30 % conflicts with sector Energy at most 10 %`. */
export function conflictInWords(
  region: Region,
  rows: readonly RegionRow[],
  conflict: Conflict,
): string {
  const sides = [
    ...conflict.rowLower.map((at) => rowInWords(rows[at], 'lower')),
    ...conflict.rowUpper.map((at) => rowInWords(rows[at], 'upper')),
    ...boundsInWords(region, conflict.lower, 'lower'),
    ...boundsInWords(region, conflict.upper, 'upper'),
  ];
  const [first = 'the limits', ...others] = [...new Set(sides)];
  if (others.length === 0) return `${first} cannot be met.`;
  return `${first} conflicts with ${list(others)}.`;
}

/** Each bound by itself, or many that are alike together. */
function boundsInWords(region: Region, at: readonly number[], side: 'lower' | 'upper'): string[] {
  const alike = new Map<number, number[]>();
  for (const place of at) {
    const value = region[side][place];
    alike.set(value, [...(alike.get(value) ?? []), place]);
  }
  return [...alike].flatMap(([value, places]) => {
    if (places.length < 4) return places.map((place) => boundInWords(region, place, side));
    const names = places.map((place) => region.names[place]);
    const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
    const word = side === 'lower' ? 'least' : 'most';
    return [`at ${word} ${amount(value, 'fraction')} in each of ${list(shown)}`];
  });
}

export const list = (parts: readonly string[]): string =>
  parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
