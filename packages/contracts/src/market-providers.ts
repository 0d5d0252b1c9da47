import { z } from 'zod';

/** A provider of market data, turned on or not. */
export const marketProvider = z.object({
  id: z.string(),
  title: z.string(),
  enabled: z.boolean(),
  /** As it answered when it was last asked; `unknown` until then. */
  state: z.enum(['up', 'down', 'unknown', 'throttled', 'unauthorised']),
  /** What must be known before turning it on; null where it asks nothing over the network. */
  about: z
    .object({
      site: z.string(),
      key: z.enum(['none', 'optional', 'needed']),
      terms: z.string(),
    })
    .nullable(),
  /** Kinds of instruments that it covers; all where null. */
  kinds: z.array(z.string()).nullable(),
  gives: z.array(z.enum(['daily', 'actions', 'intraday', 'quotes', 'stream', 'search'])),
});

export const marketProviders = z.object({
  /** By id. */
  providers: z.array(marketProvider),
  /** What is wrong in the settings file. */
  mistakes: z.array(z.object({ line: z.number().int(), detail: z.string() })),
});

export type MarketProvider = z.infer<typeof marketProvider>;
export type MarketProviders = z.infer<typeof marketProviders>;
