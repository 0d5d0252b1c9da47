import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { alphaVantageCapabilities, alphaVantageProvider } from './alpha-vantage.ts';

export default defineMarketData({
  id: 'alpha-vantage',
  title: 'Alpha Vantage',
  about: {
    site: 'https://www.alphavantage.co',
    key: 'needed',
    terms:
      'Free key: 25 requests a day, one a second, daily prices of the last 100 sessions. Longer histories and intraday bars need a premium plan.',
    capabilities: alphaVantageCapabilities,
  },
  config: settingsSchema({
    baseUrl: 'https://www.alphavantage.co',
    requestsPerMinute: 5,
  }).extend({
    key: keySetting,
    /** The free plan has 25. */
    requestsPerDay: z.number().int().positive().max(10_000_000).default(25),
    /** With `premium`, prices come with dividends and splits in one reply. */
    plan: z.enum(['free', 'premium']).default('free'),
  }),
  create: (settings, world) => alphaVantageProvider(settings, worldOf('alpha-vantage', world)),
});
