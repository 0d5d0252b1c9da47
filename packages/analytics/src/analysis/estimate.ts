/** A number, or the reason why there is none. Never NaN or infinite. */
export type Estimate =
  | { readonly value: number; readonly why?: undefined }
  | { readonly value: null; readonly why: string };

/** Wraps a number that was had; one that is not finite becomes none, with `otherwise` as the reason. */
export const estimate = (value: number, otherwise: string): Estimate =>
  Number.isFinite(value) ? { value } : unknown(otherwise);

/** No number, and why: one short sentence without a full stop, naming what is missing. */
export const unknown = (why: string): Estimate => ({ value: null, why });
