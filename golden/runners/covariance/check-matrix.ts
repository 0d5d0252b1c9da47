import { type Matrix, toRows } from '@plimsoll/quant/linear-algebra';
import type { Check } from '../../check.ts';

/** The largest difference of two matrices, against a tolerance that is relative above 1. */
export function nearMatrix(what: string, found: Matrix, wanted: unknown, tolerance: number): Check {
  const rows = wanted as readonly (readonly number[])[];
  let worst = 0;
  let place = 'nowhere';
  toRows(found).forEach((row, i) => {
    row.forEach((value, j) => {
      const other = rows[i]?.[j] ?? Number.NaN;
      const difference = Math.abs(value - other) / Math.max(1, Math.abs(other));
      if (!(difference <= worst)) [worst, place] = [difference, `${i + 1}, ${j + 1}`];
    });
  });
  const ok = rows.length === found.rows && worst <= tolerance;
  return { what, ok, found: `${worst} at ${place}`, wanted: `within ${tolerance}` };
}

/** As `nearMatrix`, of a list. */
export function nearList(
  what: string,
  found: ArrayLike<number>,
  wanted: unknown,
  tolerance: number,
): Check {
  const list = wanted as readonly number[];
  const data = Float64Array.from(found);
  return nearMatrix(what, { rows: 1, columns: data.length, data }, [list], tolerance);
}
