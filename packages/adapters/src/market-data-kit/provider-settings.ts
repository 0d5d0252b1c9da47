import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'is not an address like https://host/path' })
  .transform((url) => url.replace(/\/+$/, ''));

/** A provider's key: `env:NAME` is replaced by that variable's value before it comes here. */
export const keySetting = z
  .string(
    'is needed: the key that the provider gave you, or env:NAME for the variable that holds it',
  )
  .trim()
  .min(1, 'is empty');

/**
 * The settings that every provider on the network has, with its own defaults. A provider adds its key
 * and whatever else it has with `.extend({ key: keySetting })`.
 */
export const settingsSchema = (defaults: {
  readonly baseUrl: string;
  readonly requestsPerMinute: number;
}) =>
  z.strictObject({
    /** Where it is asked; another address is for a proxy or a test server. */
    baseUrl: webAddress.default(defaults.baseUrl),
    /** The most that is sent in any minute. */
    requestsPerMinute: z.number().positive().max(100_000).default(defaults.requestsPerMinute),
    /** For one try, from connecting to the end of the reply. */
    timeoutSeconds: z.number().min(0.05).max(600).default(30),
  });

/** What `settingsSchema` reads. */
export type ProviderSettings = z.infer<ReturnType<typeof settingsSchema>>;
