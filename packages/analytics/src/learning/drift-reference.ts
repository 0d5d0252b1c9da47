import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { sorted } from '@plimsoll/quant/statistics';

/** How a column was spread where a model learnt; plain data, to be kept with the model. */
export interface ColumnReference {
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  /** Values in ascending order: all of them, or 1000 at even places where there were more. */
  readonly sorted: readonly number[];
}

/** What recent rows are compared with. */
export interface DriftReference {
  readonly features: readonly ColumnReference[];
  /** Of what the model foretold out of fold. */
  readonly predictions: ColumnReference;
}

/** The most values that are kept of a column. */
const mostKept = 1000;

/** What is to be known of a column later: its spread. NaN counts as missing. */
export function columnReference(name: string, values: Float64Array): ColumnReference {
  const known = sorted(values.filter((each) => !Number.isNaN(each)));
  const count = Math.min(mostKept, known.length);
  const kept = Array.from({ length: count }, (_, i) =>
    count === known.length ? known[i] : known[Math.round((i * (known.length - 1)) / (count - 1))],
  );
  return { name, rows: values.length, missing: values.length - known.length, sorted: kept };
}

/** The reference of all features and of the predictions. */
export const driftReference = (
  names: readonly string[],
  x: Matrix,
  predictions: Float64Array,
): DriftReference => ({
  features: names.map((name, j) => columnReference(name, columnAt(x, j))),
  predictions: columnReference(
    'predictions',
    predictions.filter((each) => !Number.isNaN(each)),
  ),
});

/** Column j, a copy. */
export function columnAt(x: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => x.data[i * x.columns + j]);
}
