import type { z } from 'zod';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';

/** Upstox allows 500 requests a minute, 50 a second and 2000 in half an hour. */
export const upstoxSettings = settingsSchema({
  baseUrl: 'https://api.upstox.com',
  requestsPerMinute: 400,
}).extend({
  /** An access token; an ordinary one is good until half past three in the morning of India. */
  key: keySetting,
});

export type UpstoxSettings = z.infer<typeof upstoxSettings>;
