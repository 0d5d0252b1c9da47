import { environment } from '../config.ts';
import { type MarketDataFile, marketDataFile } from './market-data-file.ts';
import { systemWorld } from './system-world.ts';

/** The providers that the settings file of a data folder turns on, with every source that there is. */
export async function openMarketData(dataFolder: string): Promise<MarketDataFile> {
  const { marketDataAdapters } = await import('@plimsoll/adapters/registry');
  return marketDataFile({
    dataFolder,
    registry: marketDataAdapters,
    env: environment(),
    world: systemWorld,
  });
}
