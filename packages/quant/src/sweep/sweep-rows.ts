/**
 * What is remembered along a path v: sums of v ÷ (v before) − 1 and of its square, each in two lanes
 * (even and odd places of a stretch), then the last v, the highest, the lowest since, and the deepest
 * fall 1 − low ÷ high before the highest.
 */
export const pathState = {
  sums: 0,
  squares: 2,
  last: 4,
  high: 5,
  low: 6,
  fall: 7,
  length: 8,
} as const;

/**
 * Rows of one length that are compared with each other many times, kept where the kernels can reach
 * them. A row is known by the number that `add` gave it.
 */
export interface SweepRows {
  /** Values of each row. */
  readonly length: number;
  /** Rows kept. */
  readonly count: number;
  add(row: Float64Array): number;
  /** Forgets all rows; their numbers mean nothing any more. */
  clear(): void;
  /**
   * Writes to `places` where row x has come to lie above row y, as it is, or below it, with all bits
   * turned over (`~place`). The first is where they are first told apart; from there above and below
   * take turns. Where they are equal or one of them is NaN, the side stays as it was. Cost at most 2
   * comparisons a place; 2 for each sixteen that lie apart.
   *
   * @returns how many there are.
   */
  crossings(x: number, y: number): number;
  /** What `crossings` found. A view, good until `add`. */
  readonly places: Int32Array;
  /**
   * Goes on along the path v = a + b·x over the places [from, until) of row x, adding to `path` (see
   * `pathState`). Cost a division a place.
   */
  follow(x: number, from: number, until: number, a: number, b: number): void;
  /** The path followed, of `pathState.length`; the caller sets its beginning. A view, good until `add`. */
  readonly path: Float64Array;
}
