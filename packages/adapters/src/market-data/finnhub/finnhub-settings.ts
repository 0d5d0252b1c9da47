import type { z } from 'zod';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { streamAddress } from '../../market-data-kit/stream-address.ts';

/** The free plan allows 60 requests a minute, and every plan 30 a second. */
export const finnhubSettings = settingsSchema({
  baseUrl: 'https://finnhub.io/api/v1',
  requestsPerMinute: 55,
}).extend({ key: keySetting, streamUrl: streamAddress.default('wss://ws.finnhub.io') });

export type FinnhubSettings = z.infer<typeof finnhubSettings>;
