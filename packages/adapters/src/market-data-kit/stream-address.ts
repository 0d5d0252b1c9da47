import { z } from 'zod';

/** Where a provider streams from; another address is for a proxy or a test server. */
export const streamAddress = z
  .url({ protocol: /^wss?$/, error: 'is not an address like wss://host/path' })
  .transform((url) => url.replace(/\/+$/, ''));
