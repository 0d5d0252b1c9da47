/** The number of a field that a provider writes as a number or as text; NaN for anything else. */
export const numeric = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value.trim() !== ''
      ? Number(value)
      : Number.NaN;
