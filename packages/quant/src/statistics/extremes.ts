/** The least value; NaN for no values or where one is NaN. */
export function minimum(x: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) least = Math.min(least, x[i]);
  return x.length === 0 ? Number.NaN : least;
}

/** The greatest value; NaN for no values or where one is NaN. */
export function maximum(x: Float64Array): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) greatest = Math.max(greatest, x[i]);
  return x.length === 0 ? Number.NaN : greatest;
}
