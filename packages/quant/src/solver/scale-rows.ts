import type { Matrix } from '../linear-algebra/matrix.ts';

/** Powers of two, which round nothing, that bring the largest entry of each row near to 1. */
export function scalesOf({ rows, columns, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let largest = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) {
      largest = Math.max(largest, Math.abs(data[j]));
    }
    return largest > 0 ? 2 ** -Math.round(Math.log2(largest)) : 1;
  });
}

/** The rows, each times its scale; the same array where all scales are 1. */
export function scaledRows({ rows, columns, data }: Matrix, scale: Float64Array): Float64Array {
  if (scale.every((each) => each === 1)) return data;
  const scaled = data.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = i * columns; j < (i + 1) * columns; j++) scaled[j] *= scale[i];
  }
  return scaled;
}
