import { z } from 'zod';
import { keySetting, settingsSchema } from '../../market-data-kit/provider-settings.ts';

const hosts = {
  demo: 'https://api.coingecko.com/api/v3',
  pro: 'https://pro-api.coingecko.com/api/v3',
};

/** The demo plan allows 30 requests a minute; without a key it is fewer, as CoinGecko likes. */
export const coingeckoSettings = settingsSchema({ baseUrl: hosts.demo, requestsPerMinute: 25 })
  .extend({
    key: keySetting.optional(),
    /** Which plan the key belongs to: `pro` stands for every paid one. */
    plan: z.enum(['demo', 'pro']).default('demo'),
  })
  .transform((settings) =>
    settings.plan === 'pro' && settings.baseUrl === hosts.demo
      ? { ...settings, baseUrl: hosts.pro }
      : settings,
  );

export type CoingeckoSettings = z.infer<typeof coingeckoSettings>;
