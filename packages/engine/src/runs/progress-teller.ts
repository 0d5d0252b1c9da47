import type { RunProgress } from '@plimsoll/analytics/runs';

/** How often it is kept how far a run is. */
const apartMs = 1_000;

/**
 * Keeps how far a run is, at most once a second and one at a time: what is said meanwhile is overtaken
 * by what is said next.
 */
export class ProgressTeller {
  readonly #keep: (progress: RunProgress) => Promise<void>;
  readonly #nowMs: () => number;
  #lastMs = Number.NEGATIVE_INFINITY;
  #keeping: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(keep: (progress: RunProgress) => Promise<void>, nowMs: () => number) {
    this.#keep = keep;
    this.#nowMs = nowMs;
  }

  readonly tell = (progress: RunProgress): void => {
    const now = this.#nowMs();
    if (this.#keeping !== null || now - this.#lastMs < apartMs) return;
    this.#lastMs = now;
    this.#keeping = this.#keep(progress)
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#keeping = null;
      });
  };

  /** Waits for what is being kept; throws where the store could not. */
  async end(): Promise<void> {
    await this.#keeping;
    if (this.#failure !== null) throw this.#failure.error;
  }
}
