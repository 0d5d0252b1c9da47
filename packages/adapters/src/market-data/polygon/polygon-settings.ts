import type { z } from 'zod';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { streamAddress } from '../../market-data-kit/stream-address.ts';

/** The free plan allows 5 requests a minute. Polygon.io became Massive in 2025; both addresses answer. */
export const polygonSettings = settingsSchema({
  baseUrl: 'https://api.massive.com',
  requestsPerMinute: 5,
}).extend({ key: keySetting, streamUrl: streamAddress.default('wss://socket.massive.com') });

export type PolygonSettings = z.infer<typeof polygonSettings>;
