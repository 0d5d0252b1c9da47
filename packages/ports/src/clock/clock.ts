/** The only source of now. */
export interface Clock {
  /** UTC instant, `2026-03-31T16:00:00.000Z`. */
  now(): string;
}
