import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { coingeckoCapabilities, coingeckoProvider } from './coingecko.ts';
import { coingeckoSettings } from './coingecko-settings.ts';

export default defineMarketData({
  id: 'coingecko',
  title: 'CoinGecko',
  about: {
    site: 'https://www.coingecko.com/en/api',
    key: 'optional',
    terms:
      'Free without a key (a few requests a minute) or with a demo key (30 a minute, 10 000 a month), back to one year; daily closes without highs and lows. Asks to be named as the source.',
    capabilities: coingeckoCapabilities.demo,
  },
  config: coingeckoSettings,
  create: (settings, world) => coingeckoProvider(settings, worldOf('coingecko', world)),
});
