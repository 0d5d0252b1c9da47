import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { finnhubCapabilities, finnhubProvider } from './finnhub.ts';
import { finnhubSettings } from './finnhub-settings.ts';

export default defineMarketData({
  id: 'finnhub',
  title: 'Finnhub',
  about: {
    site: 'https://finnhub.io',
    key: 'needed',
    terms:
      'The free plan gives quotes and a stream of trades of up to 50 symbols, 60 requests a minute; candles, dividends and splits need a paid plan. For personal use, not to be passed on.',
    capabilities: finnhubCapabilities,
  },
  config: finnhubSettings,
  create: (settings, world) => finnhubProvider(settings, worldOf('finnhub', world)),
});
