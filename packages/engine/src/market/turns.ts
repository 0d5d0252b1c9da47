/** Requests that one provider has in hand at once; how many a minute it bears is its own limit. */
const atOnce = 4;

/** Lets a few through at a time, by name, the others in the order in which they came. */
export class Turns {
  readonly #lanes = new Map<string, { running: number; readonly waiting: (() => void)[] }>();

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(name) ?? { running: 0, waiting: [] };
    this.#lanes.set(name, lane);
    if (lane.running >= atOnce) await new Promise<void>((go) => lane.waiting.push(go));
    else lane.running++;
    try {
      return await work();
    } finally {
      const next = lane.waiting.shift();
      // The place goes from hand to hand.
      if (next) next();
      else lane.running--;
    }
  }
}
