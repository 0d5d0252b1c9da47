import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import {
  type InstrumentLink,
  type MarketDataProvider,
  marketWorkspace,
  type Store,
  type UnitOfWork,
} from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { MarketContext } from './market-context.ts';
import type { CandidateView, LinkView } from './market-use-cases.ts';
import { ListingIndex, mayBeListed, newListing } from './match-listing.ts';
import { candidatesFor } from './provider-name.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** Which listings the instruments of a workspace are. */
export async function priceLinks(unit: UnitOfWork): Promise<readonly LinkView[]> {
  const links = new Map((await unit.links.links()).map((one) => [one.instrumentId, one]));
  const instruments = await unit.catalogue.instruments();
  const listings = [...links.values()].flatMap(({ listingId }) => listingId ?? []);
  const symbols = await unit.links.providerSymbols(listings);
  return instruments
    .filter((one) => links.has(one.id) || mayBeListed(one))
    .map((one) => linkView(one, links.get(one.id) ?? null, symbols));
}

function linkView(
  instrument: Instrument,
  link: InstrumentLink | null,
  symbols: Awaited<ReturnType<UnitOfWork['links']['providerSymbols']>>,
): LinkView {
  const listingId = link?.listingId ?? null;
  return {
    instrumentId: instrument.id,
    label: instrumentLabel(instrument),
    listingId,
    linkedBy: link?.linkedBy ?? null,
    evidence: link?.evidence ?? whyNot(instrument),
    symbols: symbols
      .filter((one) => one.instrumentId === listingId)
      .map(({ provider, symbol }) => ({ provider, symbol })),
  };
}

/** What keeps it from being linked by rule; it is tried at the next refresh where nothing does. */
function whyNot(instrument: Instrument): string {
  const listing = newListing(instrument, instrument.id);
  return listing.ok
    ? 'It is linked at the next refresh.'
    : `Needs a symbol: ${listing.fault.detail}`;
}

/** What somebody says that an instrument is, at one provider. */
export interface WantedLink {
  readonly instrument: string;
  readonly provider: string;
  readonly symbol: string;
  readonly actor: string;
}

/** The listing for an instrument that somebody names: found, or made; with the provider's symbol. */
export async function listingFor(
  context: MarketContext,
  workspace: string,
  wanted: WantedLink,
): Outcome<{ readonly listingId: string; readonly evidence: string }> {
  if (!context.sources.list().some(({ id }) => id === wanted.provider)) {
    const ids = context.sources.list().map(({ id }) => id);
    return fault(
      'market.refused',
      `There is no provider "${wanted.provider}"; there are: ${ids.join(', ')}.`,
    );
  }
  const instrument = await instrumentOf(context.store, workspace, wanted.instrument);
  if (!instrument.ok) return instrument;
  if (!mayBeListed(instrument.value)) {
    const label = instrumentLabel(instrument.value);
    return fault('market.refused', `${label} is of a kind that no market quotes, or simulated.`);
  }
  return context.store.write(marketWorkspace, async (unit) => {
    const { catalogue, links } = unit;
    const listings = await catalogue.instruments();
    const named = await links.providerSymbols(listings.map(({ id }) => id));
    const byName = named.find(
      ({ provider, symbol, instrumentId }) =>
        provider === wanted.provider &&
        symbol === wanted.symbol &&
        listings.some(
          ({ id, currency }) => id === instrumentId && currency === instrument.value.currency,
        ),
    );
    const evidence = `By hand: ${wanted.provider}:${wanted.symbol}.`;
    if (byName) return ok({ listingId: byName.instrumentId, evidence });
    const match = new ListingIndex(listings).find(instrument.value);
    const listingId = match?.listingId ?? context.newId();
    if (match === null)
      await catalogue.saveInstruments([listingBySymbol(instrument.value, listingId, wanted)]);
    await links.setProviderSymbol(listingId, wanted.provider, wanted.symbol);
    return ok({ listingId, evidence });
  });
}

/** A listing that goes by a provider's symbol where its own identifiers name nothing. */
function listingBySymbol(instrument: Instrument, id: string, { symbol }: WantedLink): Instrument {
  const listing = newListing(instrument, id);
  if (listing.ok) return listing.value;
  const { kind, currency, multiplier, priceFactor } = instrument;
  return { id, kind, name: symbol, currency, multiplier, priceFactor, simulated: false };
}

async function instrumentOf(store: Store, workspace: string, id: string): Outcome<Instrument> {
  const instruments = await store.read(workspace, (unit) => unit.catalogue.instruments());
  const found = instruments.find((one) => one.id === id);
  return found ? ok(found) : fault('instrument.unknown', `There is no instrument "${id}".`);
}

/** Symbols that a search is asked for at most, of each provider and text. */
const mostFound = 10;

/** What the providers that can be searched find for an instrument. */
export async function linkCandidates(
  context: MarketContext,
  workspace: string,
  id: string,
): Outcome<CandidateView[]> {
  const instrument = await instrumentOf(context.store, workspace, id);
  if (!instrument.ok) return instrument;
  const { kind } = instrument.value;
  const providers = context.sources
    .for(kind, 'search')
    .filter(({ capabilities }) => capabilities.search === true && capabilities.daily);
  const found = await Promise.all(providers.map((one) => searched(one, instrument.value)));
  return ok(found.flat());
}

/** The first text that finds something is enough: an ISIN says more than a symbol, that than a name. */
async function searched(
  provider: MarketDataProvider,
  instrument: Instrument,
): Promise<CandidateView[]> {
  for (const text of [instrument.isin, instrument.symbol, instrument.name]) {
    if (text === undefined) continue;
    const answer = await provider.search(text, mostFound);
    // A provider that cannot be asked has no candidates; its health says why.
    const fitting = answer.ok ? candidatesFor(instrument, answer.value) : [];
    if (fitting.length > 0) {
      return fitting.map(({ symbol, name, currency, mic }) => ({
        provider: provider.id,
        symbol,
        name: name ?? null,
        currency: currency ?? null,
        mic: mic ?? null,
      }));
    }
  }
  return [];
}
