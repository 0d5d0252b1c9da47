import { randomUUID } from 'node:crypto';
import { createTransport } from '@plimsoll/client';
import { type MarketProviders, marketProviders } from '@plimsoll/contracts';

/** The providers as a running server has them. */
export async function providersOfServer(
  origin: string,
  workspace: string,
): Promise<MarketProviders> {
  const ask = createTransport({
    origin: origin.replace(/\/+$/, ''),
    workspace,
    fetch,
    newKey: randomUUID,
  });
  return marketProviders.parse(await ask({ method: 'GET', path: '/market/providers' }));
}
