/** Work in queues by key: one piece of a key at a time, in order; keys beside each other. */
export class KeyQueues {
  readonly #tails = new Map<string, Promise<void>>();

  /** How many keys have work. */
  get busy(): number {
    return this.#tails.size;
  }

  /** Begins `work` after all that was given for the key before. `work` must not reject. */
  add(key: string, work: () => Promise<void>): void {
    const tail = (this.#tails.get(key) ?? Promise.resolve()).then(work);
    this.#tails.set(key, tail);
    void tail.finally(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
  }

  /** Resolves once nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
