import type { ProviderWorld } from '@plimsoll/ports';

/** At most `requests` in any window of `perMs`, of which `burst` at once. */
export interface Rate {
  readonly requests: number;
  readonly perMs: number;
  /** Half of the requests where absent. */
  readonly burst?: number;
}

/**
 * A token bucket as a virtual clock (GCRA): each request takes the next free place in time, in the
 * order in which they ask, so that none overtakes another. The refill is slowed by the burst, so
 * that no window of `perMs` holds more than `requests`, wherever it begins.
 */
export class TokenBucket {
  readonly #world: Pick<ProviderWorld, 'nowMs' | 'wait'>;
  readonly #intervalMs: number;
  readonly #burst: number;
  /** When the bucket would be full again. */
  #fullAt = Number.NEGATIVE_INFINITY;
  #heldUntil = Number.NEGATIVE_INFINITY;

  constructor(rate: Rate, world: Pick<ProviderWorld, 'nowMs' | 'wait'>) {
    const burst = Math.floor(rate.burst ?? rate.requests / 2);
    this.#burst = Math.min(Math.max(1, burst), Math.max(1, rate.requests));
    this.#intervalMs = rate.perMs / (rate.requests - this.#burst + 1);
    this.#world = world;
  }

  /** How long a request made now would wait. */
  waitingMs(): number {
    const now = this.#world.nowMs();
    const free = this.#fullAt - (this.#burst - 1) * this.#intervalMs;
    return Math.max(0, free - now, this.#heldUntil - now);
  }

  /** Nothing passes before then: the provider said so. */
  holdUntil(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, ms);
  }

  isHeld(): boolean {
    return this.#heldUntil > this.#world.nowMs();
  }

  /** Takes a place and waits for its time; rejects with the signal's reason where it fires first. */
  async take(signal: AbortSignal): Promise<void> {
    const now = this.#world.nowMs();
    const begin = Math.max(now, this.#fullAt);
    const free = begin - (this.#burst - 1) * this.#intervalMs;
    this.#fullAt = begin + this.#intervalMs;
    for (let at = free; ; at = this.#heldUntil) {
      const left = Math.max(at, this.#heldUntil) - this.#world.nowMs();
      if (left <= 0) return;
      await this.#world.wait(left, signal);
    }
  }
}
