/** The value `back` bars before bar `i`; NaN before the first. */
export const previous = (column: Float64Array, i: number, back = 1): number =>
  i >= back ? column[i - back] : Number.NaN;
