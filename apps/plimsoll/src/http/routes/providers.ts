import { marketProviders } from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import { providersView } from '../../market-data/providers-view.ts';
import type { Area } from '../route-kit.ts';

/** The providers of market data, as the settings file turns them on. */
export const area: Area = (kit) => {
  kit.get(
    '/market/providers',
    {
      summary: 'List providers of market data',
      description:
        'Every one that there is, turned on or not, with what must be known before turning it on, and the mistakes of the settings file.',
      reply: marketProviders,
    },
    async ({ engine, workspace }) => {
      const status = await engine.marketStatus(workspace);
      return status.ok ? ok(providersView(kit.marketData, status.value.providers)) : status;
    },
  );
};
