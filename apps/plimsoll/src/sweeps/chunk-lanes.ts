/** Sets [from, until). */
export interface Chunk {
  readonly from: number;
  readonly until: number;
}

/**
 * Shares sets out between lanes that take a chunk when they are free: each first those of its own
 * stretch, which have indicators in common, then the last ones of the lane that is furthest behind.
 */
export class ChunkLanes {
  readonly #left: { from: number; until: number }[];
  readonly #size: number;

  constructor(count: number, lanes: number, size: number) {
    this.#size = size;
    this.#left = Array.from({ length: lanes }, (_, lane) => ({
      from: Math.floor((lane * count) / lanes),
      until: Math.floor(((lane + 1) * count) / lanes),
    }));
  }

  /** Null where nothing is left. */
  take(lane: number): Chunk | null {
    const own = this.#left[lane];
    if (own && own.from < own.until) {
      const from = own.from;
      own.from = Math.min(own.until, from + this.#size);
      return { from, until: own.from };
    }
    const most = this.#left.reduce((a, b) => (b.until - b.from > a.until - a.from ? b : a));
    if (most.from >= most.until) return null;
    const until = most.until;
    most.until = Math.max(most.from, until - this.#size);
    return { from: most.until, until };
  }
}
