import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { stooqCapabilities, stooqProvider } from './stooq.ts';

export default defineMarketData({
  id: 'stooq',
  title: 'Stooq',
  about: {
    site: 'https://stooq.com',
    key: 'needed',
    terms:
      'Free for private use; the key is given on the site after a captcha. A few hundred downloads a day, then nothing until the next day. No dividends or splits, no search.',
    capabilities: stooqCapabilities,
  },
  config: settingsSchema({ baseUrl: 'https://stooq.com', requestsPerMinute: 30 }).extend({
    /** Stooq asks for one since 2026; a proxy of one's own may not. */
    key: keySetting.optional(),
  }),
  create: (settings, world) => stooqProvider(settings, worldOf('stooq', world)),
});
