import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { binanceCapabilities, binanceProvider } from './binance.ts';
import { binanceSettings } from './binance-settings.ts';

export default defineMarketData({
  id: 'binance',
  title: 'Binance',
  about: {
    site: 'https://developers.binance.com/docs/binance-spot-api-docs',
    key: 'none',
    terms:
      'Public market data of the Binance spot exchange, without a key. Not offered in some countries; its terms forbid passing the data on.',
    capabilities: binanceCapabilities,
  },
  config: binanceSettings,
  create: (settings, world) => binanceProvider(settings, worldOf('binance', world)),
});
