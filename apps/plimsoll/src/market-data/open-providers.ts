import type { InstrumentKind } from '@plimsoll/domain';
import type {
  MarketDataCapabilities,
  MarketDataNeed,
  MarketDataProvider,
  MarketDataSources,
  ProviderHealth,
  ProviderSummary,
  ProviderWorld,
} from '@plimsoll/ports';
import type { MarketDataRegistry, MarketDataSettings } from './settings.ts';

/** The providers that are turned on, each by its id too. */
export interface OpenProviders extends MarketDataSources {
  provider(id: string): MarketDataProvider | undefined;
}

/** The providers that the settings turn on, in their order. Nothing is asked by opening them. */
export function openProviders(
  settings: MarketDataSettings,
  registry: MarketDataRegistry,
  world: ProviderWorld,
): OpenProviders {
  const open = new Map<string, MarketDataProvider>();
  for (const [id, config] of settings.providers) {
    const provider = registry[id]?.create(config as never, world);
    if (provider) open.set(id, provider);
  }
  return {
    provider: (id) => open.get(id),
    list: () =>
      Object.keys(registry)
        .sort()
        .map((id) => summaryOf(id, registry, open)),
    for: (kind, need) =>
      inOrder([...open.keys()], settings.order[kind] ?? []).flatMap((id) => {
        const provider = open.get(id);
        return provider && covers(provider, kind, need) ? [provider] : [];
      }),
    health: () => [...open.values()].map((provider) => provider.health?.() ?? untold(provider.id)),
  };
}

function summaryOf(
  id: string,
  registry: MarketDataRegistry,
  open: ReadonlyMap<string, MarketDataProvider>,
): ProviderSummary {
  const definition = registry[id];
  const provider = open.get(id);
  const about = definition?.about;
  const kinds = (provider?.capabilities ?? about?.capabilities)?.kinds;
  return {
    id,
    title: definition?.title ?? id,
    ...(about ? { about } : {}),
    enabled: provider !== undefined,
    state: provider?.health?.().state ?? 'unknown',
    ...(kinds ? { kinds } : {}),
  };
}

/** The preferred ones first, the others by id. */
const inOrder = (ids: readonly string[], preferred: readonly string[]): string[] => [
  ...preferred,
  ...ids.filter((id) => !preferred.includes(id)).sort(),
];

function covers(
  { capabilities }: MarketDataProvider,
  kind: InstrumentKind,
  need: MarketDataNeed,
): boolean {
  const { kinds, fx } = capabilities;
  const hasKind = kinds === undefined ? kind !== 'fx' || fx : kinds.includes(kind);
  return hasKind && has[need](capabilities);
}

const has: Readonly<Record<MarketDataNeed, (one: MarketDataCapabilities) => boolean>> = {
  daily: ({ daily }) => daily,
  actions: ({ actions }) => actions,
  intraday: ({ intraday = [] }) => intraday.length > 0,
  quotes: ({ quotes = false }) => quotes,
  stream: ({ stream = false }) => stream,
  search: ({ search = false }) => search,
};

/** What a source can be needed for. */
export const covered = (capabilities: MarketDataCapabilities): MarketDataNeed[] =>
  (Object.keys(has) as MarketDataNeed[]).filter((need) => has[need](capabilities));

/** Of a source that is asked without a network: there is nothing to tell. */
const untold = (id: string): ProviderHealth => ({
  id,
  state: 'unknown',
  since: null,
  lastSuccess: null,
  lastFault: null,
  requests: 0,
  failures: 0,
  waitingMs: 0,
  note: '',
});
