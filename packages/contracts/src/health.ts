import { z } from 'zod';
import { marketHealth } from './market.ts';

export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  uptimeSeconds: z.number(),
  store: z.object({ engine: z.string(), version: z.string(), durable: z.boolean() }),
  /** What is wrong with providers and prices; the server is degraded while anything is. */
  market: marketHealth,
});
