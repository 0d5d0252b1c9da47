import type { MarketDataDefinition } from '@plimsoll/ports';

/** What the folder of a source exports by default; infers the type of its settings. */
export const defineMarketData = <Config = undefined>(
  definition: MarketDataDefinition<Config>,
): MarketDataDefinition<Config> => definition;
