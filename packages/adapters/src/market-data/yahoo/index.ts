import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { yahooCapabilities, yahooProvider } from './yahoo.ts';

export default defineMarketData({
  id: 'yahoo',
  title: 'Yahoo Finance',
  about: {
    site: 'https://finance.yahoo.com',
    key: 'none',
    terms:
      'No key and no promise: Yahoo offers no public interface, and its terms allow personal use of the site only. It changes without notice, and refuses whoever asks too often. One-minute bars of the last 30 days, quarter hours of 60.',
    capabilities: yahooCapabilities,
  },
  config: settingsSchema({
    baseUrl: 'https://query2.finance.yahoo.com',
    requestsPerMinute: 60,
  }),
  create: (settings, world) => yahooProvider(settings, worldOf('yahoo', world)),
});
