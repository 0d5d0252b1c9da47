import { type Instrument, instrumentLabel, plainInstrument } from '@plimsoll/domain';
import { marketWorkspace, type Store, type UnitOfWork } from '@plimsoll/ports';
import { ListingIndex, mayBeListed, newListing } from './match-listing.ts';
import { neededRates } from './needed-rates.ts';

/** An instrument whose listing cannot be told. */
export interface Unlinked {
  readonly workspaceId: string;
  readonly instrument: Instrument;
  readonly why: string;
}

interface LinkContext {
  readonly store: Store;
  readonly newId: () => string;
}

/**
 * Links what users hold to listings of the market, by rule, and makes the listings that are not
 * there yet; exchange rates that a workspace needs are added to it where `withRates`. What a user
 * has linked or unlinked stays as it is. Done again, it changes nothing.
 */
export async function linkInstruments(
  context: LinkContext,
  withRates: boolean,
): Promise<readonly Unlinked[]> {
  const unlinked: Unlinked[] = [];
  for (const { id, demo } of await context.store.workspaces()) {
    if (!demo) unlinked.push(...(await linkWorkspace(context, id, withRates)));
  }
  return unlinked;
}

async function linkWorkspace(
  context: LinkContext,
  workspaceId: string,
  withRates: boolean,
): Promise<readonly Unlinked[]> {
  const { store, newId } = context;
  const { rates, open } = await store.read(workspaceId, async (unit) => {
    const instruments = await unit.catalogue.instruments();
    const rates = withRates ? await missingRates(unit, instruments, newId) : [];
    const linked = new Set((await unit.links.links()).map(({ instrumentId }) => instrumentId));
    const open = [...instruments, ...rates].filter(
      (one) => mayBeListed(one) && !linked.has(one.id),
    );
    return { rates, open };
  });
  if (open.length === 0) return [];
  const { found, unlinked } = await findOrMake(context, open);
  if (found.length > 0) {
    await store.write(workspaceId, async (unit) => {
      // Somebody may have decided meanwhile.
      const linked = new Set((await unit.links.links()).map(({ instrumentId }) => instrumentId));
      await unit.catalogue.saveInstruments(rates);
      for (const { instrumentId, listingId, evidence } of found) {
        if (linked.has(instrumentId)) continue;
        await unit.links.link({ instrumentId, listingId, linkedBy: 'rule', evidence });
      }
    });
  }
  return unlinked.map((one) => ({ workspaceId, ...one }));
}

async function missingRates(
  { catalogue }: UnitOfWork,
  instruments: readonly Instrument[],
  newId: () => string,
): Promise<readonly Instrument[]> {
  const pairs = neededRates(instruments, await catalogue.accounts(), await catalogue.portfolios());
  return pairs.map(({ symbol, quote }) =>
    plainInstrument({ id: newId(), kind: 'fx', name: symbol, symbol, currency: quote }),
  );
}

interface Found {
  readonly instrumentId: string;
  readonly listingId: string;
  readonly evidence: string;
}

/** In one unit of the market, so that two workspaces that hold the same share find one listing. */
function findOrMake({ store, newId }: LinkContext, open: readonly Instrument[]) {
  return store.write(marketWorkspace, async ({ catalogue }) => {
    const index = new ListingIndex(await catalogue.instruments());
    const found: Found[] = [];
    const unlinked: Omit<Unlinked, 'workspaceId'>[] = [];
    const made: Instrument[] = [];
    for (const instrument of open) {
      const match = index.find(instrument);
      if (match !== null) {
        found.push({ instrumentId: instrument.id, ...match });
        continue;
      }
      const listing = newListing(instrument, newId());
      if (!listing.ok) {
        unlinked.push({ instrument, why: listing.fault.detail });
        continue;
      }
      made.push(listing.value);
      index.keep(listing.value);
      const evidence = `The first to hold ${instrumentLabel(listing.value)}: its listing was made from it.`;
      found.push({ instrumentId: instrument.id, listingId: listing.value.id, evidence });
    }
    await catalogue.saveInstruments(made);
    return { found, unlinked };
  });
}
