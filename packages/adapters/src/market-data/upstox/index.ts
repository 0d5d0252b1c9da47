import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { upstoxCapabilities, upstoxProvider } from './upstox.ts';
import { upstoxSettings } from './upstox-settings.ts';

export default defineMarketData({
  id: 'upstox',
  title: 'Upstox',
  about: {
    site: 'https://upstox.com/developer/api-documentation',
    key: 'needed',
    terms:
      'For customers of the Indian broker: shares, funds and indices of NSE and BSE. The key is an access token, which ends each night unless it is an extended one. No dividends or splits.',
    capabilities: upstoxCapabilities,
  },
  config: upstoxSettings,
  create: (settings, world) => upstoxProvider(settings, worldOf('upstox', world)),
});
