import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { ecbProvider } from './ecb.ts';
import { ecbReader } from './read-ecb.ts';

export default defineMarketData({
  id: 'ecb',
  title: 'European Central Bank reference rates',
  config: z.strictObject({
    /** The ECB's `eurofxref-hist.csv`, packed with gzip or not. */
    file: z.string().min(1),
  }),
  create: ({ file }) => ecbProvider(file),
  file: ecbReader,
});
