/** After how many failures in a row nothing is sent for a while. */
const threshold = 5;
const firstPauseMs = 30_000;
const longestPauseMs = 10 * 60_000;

/**
 * Stops asking a provider that fails again and again. After a pause one request is let through; its
 * success closes the breaker, its failure doubles the pause.
 */
export class CircuitBreaker {
  readonly #nowMs: () => number;
  #failures = 0;
  #pauseMs = firstPauseMs;
  #openUntil: number | undefined;
  #probing = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** How long nothing may be sent; 0 where a request may. */
  waitingMs(): number {
    if (this.#openUntil === undefined) return 0;
    const left = this.#openUntil - this.#nowMs();
    return left > 0 ? left : this.#probing ? this.#pauseMs : 0;
  }

  /** 0 where a request may be sent now, whose outcome must then be told; else how long to wait. */
  enter(): number {
    const waitingMs = this.waitingMs();
    if (waitingMs === 0 && this.#openUntil !== undefined) this.#probing = true;
    return waitingMs;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pauseMs = firstPauseMs;
    this.#openUntil = undefined;
    this.#probing = false;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#openUntil !== undefined) {
      // A request that was under way when the breaker opened says nothing new.
      if (!this.#probing) return;
      this.#probing = false;
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    } else if (this.#failures < threshold) return;
    this.#openUntil = this.#nowMs() + this.#pauseMs;
  }

  /** The request was given up before it told anything. */
  abandoned(): void {
    this.#probing = false;
  }
}
