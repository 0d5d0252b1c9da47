import type { Clock, MarketDataSources, ProviderWorld, Store } from '@plimsoll/ports';

/** What market data needs of the world outside. */
export interface MarketContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => string;
  /** The providers as the user has set them up. */
  readonly sources: MarketDataSources;
  readonly world: ProviderWorld;
}
