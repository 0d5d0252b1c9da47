import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { alpacaCapabilities, alpacaProvider } from './alpaca.ts';
import { alpacaSettings } from './alpaca-settings.ts';

export default defineMarketData({
  id: 'alpaca',
  title: 'Alpaca',
  about: {
    site: 'https://alpaca.markets/data',
    key: 'needed',
    terms:
      'Needs a free account: key and secret. United States only, from 2016; the free plan streams 30 symbols of one exchange (IEX) and gives all exchanges 15 minutes late. Not to be passed on.',
    capabilities: alpacaCapabilities,
  },
  config: alpacaSettings,
  create: (settings, world) => alpacaProvider(settings, worldOf('alpaca', world)),
});
