import { z } from 'zod';
import { marketHealth } from './market.ts';

export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  uptimeSeconds: z.number(),
  store: z.object({ engine: z.string(), version: z.string(), durable: z.boolean() }),
  /** What is wrong with providers and prices; the server is degraded while anything is. */
  market: marketHealth,
  /** What is wrong in `market-data.yaml`, by line. */
  settings: z.array(z.object({ line: z.number().int(), detail: z.string() })),
  /** What carries events to others; null where nothing does. */
  events: z
    .object({
      bus: z.string(),
      state: z.enum(['up', 'down']),
      detail: z.string(),
      /** Events that wait to be published, and since when the oldest does. */
      pending: z.number().int(),
      oldest: z.string().nullable(),
    })
    .nullable(),
});
