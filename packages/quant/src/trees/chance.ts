/** Where draws come from: a seeded source, so that the same seed grows the same trees. */
export interface Chance {
  /** Uniform whole number in [0, below). */
  integer(below: number): number;
}

/** Moves a random choice of `count` entries to the front, in random order. */
export function chooseFirst(from: Int32Array, count: number, chance: Chance): void {
  for (let i = 0; i < count && i < from.length - 1; i++) {
    const j = i + chance.integer(from.length - i);
    const kept = from[i];
    from[i] = from[j];
    from[j] = kept;
  }
}
