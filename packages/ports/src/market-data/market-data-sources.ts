import type { InstrumentKind } from '@plimsoll/domain';
import type { MarketDataDefinition, MarketDataProvider } from './market-data.ts';
import type { ProviderHealth, ProviderState } from './provider-health.ts';

/** What a provider can be needed for. */
export type MarketDataNeed = 'daily' | 'actions' | 'intraday' | 'quotes' | 'stream' | 'search';

/** One of the providers that there are, turned on or not. */
export interface ProviderSummary {
  readonly id: string;
  readonly title: string;
  /** What a user must know before turning it on; absent for one that is not on the network. */
  readonly about?: MarketDataDefinition<unknown>['about'];
  readonly enabled: boolean;
  readonly state: ProviderState;
  /** Kinds of instruments it covers; all where absent. */
  readonly kinds?: readonly InstrumentKind[];
}

/** The providers as the user has set them up. */
export interface MarketDataSources {
  /** All that there are, by id. */
  list(): readonly ProviderSummary[];
  /**
   * The enabled ones that cover the kind and the need: the order for the kind as it is set first,
   * then the others by id. The first is asked first, the next ones when it cannot answer.
   */
  for(kind: InstrumentKind, need: MarketDataNeed): readonly MarketDataProvider[];
  /** The enabled ones. */
  health(): readonly ProviderHealth[];
}
