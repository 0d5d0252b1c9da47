import type { z } from 'zod';
import { settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { streamAddress } from '../../market-data-kit/stream-address.ts';

/** The interface for market data alone, which needs no key. A request weighs 2 of 6000 a minute. */
export const binanceSettings = settingsSchema({
  baseUrl: 'https://data-api.binance.vision',
  requestsPerMinute: 1200,
}).extend({ streamUrl: streamAddress.default('wss://data-stream.binance.vision') });

export type BinanceSettings = z.infer<typeof binanceSettings>;
