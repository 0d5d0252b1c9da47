import { correlation } from '@plimsoll/quant/statistics';

/** Pearson's correlation; null for fewer than 3 pairs or where one side does not vary. */
export function correlationOrNull(a: Float64Array, b: Float64Array): number | null {
  if (a.length < 3) return null;
  const found = correlation(a, b);
  return Number.isFinite(found) ? found : null;
}
