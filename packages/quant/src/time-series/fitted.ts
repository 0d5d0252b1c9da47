/** A fitted model, or the reason why there is none: one short sentence without a full stop. */
export type Fitted<T> = (T & { readonly why?: undefined }) | { readonly why: string };
