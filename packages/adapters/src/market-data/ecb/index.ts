import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { ecbProvider } from './ecb.ts';
import { ecbCapabilities, ecbOnlineProvider, title } from './ecb-online.ts';
import { ecbReader } from './read-ecb.ts';

export default defineMarketData({
  id: 'ecb',
  title,
  about: {
    site: 'https://data.ecb.europa.eu',
    key: 'none',
    terms:
      'Free, without a key; the ECB asks to be named as the source. One rate a day per currency and euro, published about 16:00 in Frankfurt; for information, not for transactions.',
    capabilities: ecbCapabilities,
  },
  config: settingsSchema({
    baseUrl: 'https://data-api.ecb.europa.eu',
    requestsPerMinute: 60,
  }).extend({
    /** The ECB's `eurofxref-hist.csv`, packed with gzip or not, instead of asking over the network. */
    file: z.string().min(1).optional(),
  }),
  create: (settings, world) =>
    settings.file === undefined
      ? ecbOnlineProvider(settings, worldOf('ecb', world))
      : ecbProvider(settings.file),
  file: ecbReader,
});
