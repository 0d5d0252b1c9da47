import { z } from 'zod';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';
import { streamAddress } from '../../market-data-kit/stream-address.ts';

/** The free plan allows 200 requests a minute. */
export const alpacaSettings = settingsSchema({
  baseUrl: 'https://data.alpaca.markets',
  requestsPerMinute: 180,
}).extend({
  key: keySetting,
  secret: keySetting,
  /** Quotes and stream: `iex` is the free plan's single exchange, `sip` all of them. */
  feed: z.enum(['iex', 'sip', 'delayed_sip']).default('iex'),
  /** Where assets are listed: the trading interface, of a paper account or a live one. */
  tradingUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://paper-api.alpaca.markets'),
  streamUrl: streamAddress.default('wss://stream.data.alpaca.markets'),
});

export type AlpacaSettings = z.infer<typeof alpacaSettings>;
