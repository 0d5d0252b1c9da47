export type ProviderState = 'up' | 'down' | 'unknown' | 'throttled' | 'unauthorised';

/** How a provider on the network has answered since it was opened. Instants are ISO, UTC. */
export interface ProviderHealth {
  readonly id: string;
  /** `unknown` until it was first asked. */
  readonly state: ProviderState;
  /** Since when it is in that state. */
  readonly since: string | null;
  readonly lastSuccess: string | null;
  readonly lastFault: {
    readonly at: string;
    /** A code of a market data fault. */
    readonly code: string;
    readonly detail: string;
  } | null;
  /** Requests sent, repeated ones counted. */
  readonly requests: number;
  /** Of those, the ones that failed. */
  readonly failures: number;
  /** How long a request made now would wait for its turn. */
  readonly waitingMs: number;
  /** What else is odd, one sentence: a clock that differs. Empty where nothing is. */
  readonly note: string;
}
