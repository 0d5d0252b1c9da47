import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { worldOf } from '../../market-data-kit/world-of.ts';
import { polygonCapabilities, polygonProvider } from './polygon.ts';
import { polygonSettings } from './polygon-settings.ts';

export default defineMarketData({
  id: 'polygon',
  title: 'Massive (formerly Polygon.io)',
  about: {
    site: 'https://massive.com',
    key: 'needed',
    terms:
      'The free plan gives daily and intraday bars of the last two years, dividends and splits, 5 requests a minute; quotes and streams need a paid plan. Its terms forbid passing the data on.',
    capabilities: polygonCapabilities,
  },
  config: polygonSettings,
  create: (settings, world) => polygonProvider(settings, worldOf('polygon', world)),
});
