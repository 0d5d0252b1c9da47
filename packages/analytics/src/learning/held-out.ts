import { matrix } from '@plimsoll/quant/linear-algebra';
import type { TrainingRows } from './define-model.ts';

/** The chosen rows, in that order. */
export function rowsAt(rows: TrainingRows, places: ArrayLike<number>): TrainingRows {
  const { columns, data } = rows.x;
  const x = matrix(places.length, columns);
  for (let i = 0; i < places.length; i++) {
    const from = (places[i] as number) * columns;
    x.data.set(data.subarray(from, from + columns), i * columns);
  }
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(places, (place) => column[place]);
  return {
    x,
    y: of(rows.y),
    weights: of(rows.weights),
    times: of(rows.times),
    ends: of(rows.ends),
  };
}

/**
 * Keeps the last share of the rows by time to validate by. Rows whose label is known only after the
 * first of these are left out of what is learnt from, and rows of one time stay together.
 *
 * @param share From 0, which keeps none and gives null, to below 1.
 */
export function lastRowsHeldOut(
  rows: TrainingRows,
  share: number,
): { readonly train: TrainingRows; readonly validation: TrainingRows } | null {
  if (share === 0) return null;
  const { times, ends } = rows;
  const sorted = times.toSorted();
  const from = sorted[Math.min(sorted.length - 1, Math.floor((1 - share) * sorted.length))] ?? 0;
  const all = Array.from(times, (_, i) => i);
  return {
    train: rowsAt(
      rows,
      all.filter((i) => times[i] < from && ends[i] <= from),
    ),
    validation: rowsAt(
      rows,
      all.filter((i) => times[i] >= from),
    ),
  };
}
