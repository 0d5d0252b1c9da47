import type { MarketProviders } from '@plimsoll/contracts';
import type {
  MarketDataCapabilities,
  MarketDataNeed,
  ProviderHealth,
  ProviderSummary,
} from '@plimsoll/ports';
import type { MarketDataFile } from './market-data-file.ts';
import { covered, type OpenProviders } from './open-providers.ts';

/** Every provider that there is, as it is set up, and how it answered when it was last asked. */
export function providersView(
  file: MarketDataFile,
  asked: readonly Pick<ProviderHealth, 'id' | 'state'>[],
): MarketProviders {
  const states = new Map(asked.map(({ id, state }) => [id, state]));
  return {
    providers: file.list().map((one) => ({
      id: one.id,
      title: one.title,
      enabled: one.enabled,
      state: one.enabled ? (states.get(one.id) ?? one.state) : 'unknown',
      about: aboutOf(one),
      kinds: one.kinds === undefined ? null : [...one.kinds],
      gives: needsOf(file, one),
    })),
    mistakes: file.read().mistakes.map((one) => ({ ...one })),
  };
}

function aboutOf({ about }: ProviderSummary): MarketProviders['providers'][number]['about'] {
  if (about === undefined) return null;
  const { site, key, terms } = about;
  return { site, key, terms };
}

function needsOf(open: OpenProviders, { id, about }: ProviderSummary): MarketDataNeed[] {
  const capabilities: MarketDataCapabilities | undefined =
    open.provider(id)?.capabilities ?? about?.capabilities;
  return capabilities === undefined ? [] : covered(capabilities);
}
