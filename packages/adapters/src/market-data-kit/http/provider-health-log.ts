import type {
  MarketDataFault,
  ProviderHealth,
  ProviderState,
  ProviderWorld,
} from '@plimsoll/ports';

/** A clock that is further off than this is not one of another time zone. */
const skewMs = 36 * 60 * 60_000;

const instant = (ms: number): string => new Date(ms).toISOString();

/** Keeps how a provider has answered. */
export class ProviderHealthLog {
  readonly #id: string;
  readonly #world: Pick<ProviderWorld, 'nowMs'>;
  #state: ProviderState = 'unknown';
  #since: number | undefined;
  #lastSuccess: number | undefined;
  #lastFault: ProviderHealth['lastFault'] = null;
  #requests = 0;
  #failures = 0;
  #note = '';

  constructor(id: string, world: Pick<ProviderWorld, 'nowMs'>) {
    this.#id = id;
    this.#world = world;
  }

  sent(): void {
    this.#requests += 1;
  }

  succeeded(): void {
    this.#lastSuccess = this.#world.nowMs();
    this.#become('up');
  }

  /** A reply that came but is of no use; says nothing of the provider's state where none is given. */
  failed(fault: MarketDataFault, state?: ProviderState): void {
    this.#failures += 1;
    const { code, detail } = fault;
    this.#lastFault = { at: instant(this.#world.nowMs()), code, detail };
    if (state) this.#become(state);
  }

  /** Compares the provider's `Date` with our clock. */
  clock(date: string | undefined): void {
    const theirs = Date.parse(date ?? '');
    if (Number.isNaN(theirs)) return;
    const apart = Math.abs(theirs - this.#world.nowMs());
    this.#note =
      apart > skewMs
        ? `Its clock says ${instant(theirs)}, ours ${instant(this.#world.nowMs())}: one of them is wrong.`
        : '';
  }

  #become(state: ProviderState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#since = this.#world.nowMs();
  }

  read(waitingMs: number, isHeld: boolean): ProviderHealth {
    if (this.#state === 'throttled' && !isHeld) {
      this.#become(this.#lastSuccess === undefined ? 'unknown' : 'up');
    }
    return {
      id: this.#id,
      state: this.#state,
      since: this.#since === undefined ? null : instant(this.#since),
      lastSuccess: this.#lastSuccess === undefined ? null : instant(this.#lastSuccess),
      lastFault: this.#lastFault,
      requests: this.#requests,
      failures: this.#failures,
      waitingMs,
      note: this.#note,
    };
  }
}
