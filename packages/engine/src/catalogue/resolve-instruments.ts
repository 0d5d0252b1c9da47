import { instrumentLabel, mistypedIsin } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { MarketDataSources, ProviderSymbol, UnitOfWork } from '@plimsoll/ports';
import type { FoundInstrument, InstrumentSearch, Wanted } from './instrument-search.ts';
import type { ResolutionView, ResolvedView, ResolveQuery } from './reference-use-cases.ts';

/** An instrument that is kept, as it is shown. */
const resolvedView = (
  { instrument, matchedBy, delistedOn }: FoundInstrument,
  where: 'workspace' | 'market',
): ResolvedView => ({
  where,
  id: instrument.id,
  provider: null,
  label: instrumentLabel(instrument),
  name: instrument.name,
  kind: instrument.kind,
  symbol: instrument.symbol ?? null,
  mic: instrument.mic ?? null,
  isin: instrument.isin ?? null,
  figi: instrument.figi ?? null,
  currency: instrument.currency,
  matchedBy,
  delistedOn,
});

const providedView = (provider: string, one: ProviderSymbol): ResolvedView => ({
  where: 'provider',
  id: null,
  provider,
  label: one.symbol,
  name: one.name ?? null,
  kind: one.kind ?? null,
  symbol: one.symbol,
  mic: one.mic ?? null,
  isin: one.isin ?? null,
  figi: one.figi ?? null,
  currency: one.currency ?? null,
  matchedBy: `found by ${provider}`,
  delistedOn: null,
});

/** `yahoo:AAPL`: what a provider calls it; undefined where the text does not begin with a provider. */
export function providerSymbolIn(
  text: string,
  sources: MarketDataSources | undefined,
): { readonly provider: string; readonly symbol: string } | undefined {
  const match = /^([a-z][a-z0-9-]+):(\S+)$/.exec(text.trim());
  const [, provider = '', symbol = ''] = match ?? [];
  const isKnown = sources === undefined || sources.list().some(({ id }) => id === provider);
  return match && isKnown ? { provider, symbol } : undefined;
}

/** Instruments of the unit that a provider calls so. */
export async function calledBy(
  unit: UnitOfWork,
  search: InstrumentSearch,
  wanted: { readonly provider: string; readonly symbol: string },
): Promise<readonly FoundInstrument[]> {
  const instruments = await unit.catalogue.instruments();
  const symbols = await unit.links.providerSymbols(instruments.map(({ id }) => id));
  return symbols
    .filter(
      ({ provider, symbol }) =>
        provider === wanted.provider && symbol.toUpperCase() === wanted.symbol.toUpperCase(),
    )
    .flatMap(({ instrumentId }) => {
      const instrument = search.get(instrumentId);
      return instrument === undefined
        ? []
        : [{ instrument, matchedBy: `symbol of ${wanted.provider}`, score: 115, delistedOn: null }];
    });
}

/** What the enabled providers find, and what those that cannot answer say. */
export async function askProviders(
  sources: MarketDataSources | undefined,
  text: string,
  limit: number,
): Promise<{ readonly matches: ResolvedView[]; readonly notes: string[] }> {
  const matches: ResolvedView[] = [];
  const notes: string[] = [];
  const enabled = sources?.for('equity', 'search') ?? [];
  if (enabled.length === 0) notes.push('No provider that can be searched is turned on.');
  for (const provider of enabled) {
    const found = await provider.search(text, limit);
    if (found.ok) matches.push(...found.value.map((one) => providedView(provider.id, one)));
    else notes.push(`${provider.title} could not be asked: ${found.fault.detail}`);
  }
  return { matches, notes };
}

const sameThing = (a: ResolvedView, b: ResolvedView): boolean =>
  (a.isin !== null && a.isin === b.isin && a.currency === b.currency) ||
  (a.figi !== null && a.figi === b.figi);

/** Puts what was found together: the workspace's own, then listings, then what providers add. */
export function resolution(
  { text, on, limit }: ResolveQuery,
  wanted: Wanted,
  found: {
    readonly own: readonly FoundInstrument[];
    readonly listings: readonly FoundInstrument[];
    /** Listings that instruments of the workspace are. */
    readonly linked: ReadonlySet<string>;
    readonly online: {
      readonly matches: readonly ResolvedView[];
      readonly notes: readonly string[];
    };
  },
): ResolutionView {
  const own = found.own.map((one) => ({ view: resolvedView(one, 'workspace'), score: one.score }));
  const listings = found.listings
    .filter(({ instrument }) => !found.linked.has(instrument.id))
    .map((one) => ({ view: resolvedView(one, 'market'), score: one.score }));
  // One's own before public ones that are as likely.
  const kept = [...own, ...listings].sort((a, b) => b.score - a.score).map(({ view }) => view);
  const added = found.online.matches.filter((one) => !kept.some((known) => sameThing(known, one)));
  const matches = [...kept, ...added].slice(0, limit);
  return { text, matches, notes: [...notesOn(wanted, kept, on), ...found.online.notes] };
}

function notesOn(wanted: Wanted, kept: readonly ResolvedView[], on: Day | undefined): string[] {
  const notes: string[] = [];
  const meant = mistypedIsin(wanted.text.toUpperCase());
  if (meant !== undefined) {
    notes.push(`${wanted.text} is no ISIN: its check digit is wrong. Did you mean ${meant}?`);
  }
  const same = kept.filter(
    ({ matchedBy }) => matchedBy === 'symbol' || matchedBy === `symbol on ${on}`,
  );
  if (same.length > 1) {
    const venues = same.map(
      ({ label, mic, currency }) => `${label}${mic === null ? '' : `@${mic}`} in ${currency}`,
    );
    notes.push(`${wanted.text} is the symbol of several: ${venues.join(', ')}.`);
  }
  return notes;
}
