import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { tiingoCapabilities, tiingoProvider } from './tiingo.ts';

export default defineMarketData({
  id: 'tiingo',
  title: 'Tiingo',
  about: {
    site: 'https://www.tiingo.com',
    key: 'needed',
    terms:
      'Free key for private use: 50 requests an hour, 1,000 a day, 500 symbols a month. Listings of the United States, coins and exchange rates; intraday bars are those of the IEX exchange.',
    capabilities: tiingoCapabilities,
  },
  config: settingsSchema({ baseUrl: 'https://api.tiingo.com', requestsPerMinute: 20 }).extend({
    key: keySetting,
    /** The free plan has 50. */
    requestsPerHour: z.number().positive().max(1_000_000).default(50),
  }),
  create: (settings, world) => tiingoProvider(settings, worldOf('tiingo', world)),
});
