import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { fredCapabilities, fredProvider } from './fred.ts';

export default defineMarketData({
  id: 'fred',
  title: 'FRED',
  about: {
    site: 'https://fred.stlouisfed.org',
    key: 'needed',
    terms:
      'Free key; 120 requests a minute. Interest rates and indices of many sources, each with terms of its own. One figure a day and no volumes; figures at or below 0 are not taken as prices.',
    capabilities: fredCapabilities,
  },
  config: settingsSchema({
    baseUrl: 'https://api.stlouisfed.org',
    requestsPerMinute: 100,
  }).extend({ key: keySetting }),
  create: (settings, world) => fredProvider(settings, worldOf('fred', world)),
});
