import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { addDays, priceToFloat } from '@plimsoll/kernel';
import {
  type MarketDataProvider,
  type MarketDataSources,
  marketWorkspace,
  type ProviderSymbol,
  type Store,
  type UnitOfWork,
} from '@plimsoll/ports';
import { identifiersOf } from '../market/provider-name.ts';
import type { LiveInstrument, LiveSource } from './live-instrument.ts';

interface LoadOptions {
  readonly store: Store;
  readonly sources: MarketDataSources;
  /** The simulated market and the workspace whose instruments are its own, where somebody looks at it. */
  readonly demo: { readonly workspaceId: string; readonly provider: MarketDataProvider } | null;
  readonly nowMs: () => number;
}

/** Closes further back say little about a price of today. */
const closeDays = 10;

/** Whose quotes are wanted: every listing of the market that a provider of quotes covers. */
export async function loadLiveInstruments(options: LoadOptions): Promise<LiveInstrument[]> {
  const { store, demo } = options;
  const listings = await store.read(marketWorkspace, async (unit) => {
    const all = await unit.catalogue.instruments();
    const names = await unit.links.providerSymbols(all.map(({ id }) => id));
    const nameOf = new Map(
      names.map((one) => [`${one.instrumentId}\n${one.provider}`, one.symbol]),
    );
    const live = all.flatMap((listing) => {
      const sources = sourcesOf(options.sources, listing, (provider) =>
        nameOf.get(`${listing.id}\n${provider}`),
      );
      return sources.length === 0 ? [] : [{ listing, sources }];
    });
    return withCloses(unit, live, options.nowMs());
  });
  if (demo === null) return listings;
  return [...listings, ...(await simulatedOnes(store, demo, options.nowMs()))];
}

/** Those that stream first, then those that have to be asked; each in its order. */
function sourcesOf(
  sources: MarketDataSources,
  listing: Instrument,
  nameOf: (provider: string) => string | undefined,
): readonly LiveSource[] {
  const providers = [
    ...sources.for(listing.kind, 'stream'),
    ...sources.for(listing.kind, 'quotes').filter(({ capabilities }) => !capabilities.stream),
  ];
  const identifiers = identifiersOf(listing);
  return providers
    .filter(({ simulated }) => !simulated)
    .map(({ id }) => {
      const symbol: ProviderSymbol = { ...identifiers, symbol: nameOf(id) ?? identifiers.symbol };
      return { provider: id, symbol };
    })
    .filter(({ symbol }) => symbol.symbol !== '');
}

async function simulatedOnes(
  store: Store,
  { workspaceId, provider }: NonNullable<LoadOptions['demo']>,
  now: number,
): Promise<LiveInstrument[]> {
  return store.read(workspaceId, async (unit) => {
    const own = (await unit.catalogue.instruments()).filter(({ simulated }) => simulated);
    const live = own.map((listing) => ({
      listing,
      sources: [{ provider: provider.id, symbol: identifiersOf(listing) }],
    }));
    return withCloses(unit, live, now);
  });
}

async function withCloses(
  unit: UnitOfWork,
  live: readonly { readonly listing: Instrument; readonly sources: readonly LiveSource[] }[],
  now: number,
): Promise<LiveInstrument[]> {
  const today = new Date(now).toISOString().slice(0, 10);
  const instruments: LiveInstrument[] = [];
  for (const { listing, sources } of live) {
    // Today's own close would vouch for today's prices.
    const { close } = await unit.prices.bars(listing.id, addDays(today, -closeDays), today);
    instruments.push({
      instrumentId: listing.id,
      label: instrumentLabel(listing),
      kind: listing.kind,
      currency: listing.currency,
      priceFactor: priceToFloat(listing.priceFactor),
      simulated: listing.simulated,
      sources,
      previousClose: close.at(-1) ?? Number.NaN,
    });
  }
  return instruments;
}
