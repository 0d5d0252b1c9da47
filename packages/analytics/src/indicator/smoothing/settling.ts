/** What is left of its start when an average counts as having forgotten it. */
const forgotten = 1e-10;

/** Values after which an exponential average with that α keeps less than 1e-10 of where it began. */
export const settling = (alpha: number): number =>
  alpha >= 1 ? 0 : Math.ceil(Math.log(forgotten) / Math.log1p(-alpha));

/** Warm-up of an exponential average with α = 2 ÷ (n + 1). */
export const exponentialWarmUp = (n: number): number => n + settling(2 / (n + 1));

/** Warm-up of an average with α = 1 ÷ n. */
export const wilderWarmUp = (n: number): number => n + settling(1 / n);
