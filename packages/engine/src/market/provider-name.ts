import type { Instrument } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, MarketDataProvider, ProviderSymbol } from '@plimsoll/ports';

/** What to ask a provider for, and whether that was found by a search just now. */
export interface ProviderName {
  readonly symbol: ProviderSymbol;
  readonly found: boolean;
}

/** Symbols that a search is asked for at most. */
const mostFound = 20;

/**
 * What a provider is asked for: the name that is on record for it, else the listing's own
 * identifiers, else, with an ISIN alone, what its search finds where that is one thing only.
 */
export async function providerName(
  listing: Instrument,
  provider: MarketDataProvider,
  onRecord: string | undefined,
): Promise<Result<ProviderName, MarketDataFault>> {
  if (onRecord !== undefined) {
    return ok({ symbol: { symbol: onRecord, kind: listing.kind }, found: false });
  }
  const symbol = identifiersOf(listing);
  if (symbol.symbol !== '') return ok({ symbol, found: false });
  const { isin = '' } = listing;
  const unknown = `${provider.title} is not asked by ISIN; link ${isin} to one of its symbols: plimsoll prices link ${isin} ${provider.id}:SYMBOL.`;
  if (provider.capabilities.search !== true) return refused(unknown);
  const answer = await provider.search(isin, mostFound);
  if (!answer.ok) return answer;
  const fitting = candidatesFor(listing, answer.value);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) {
    return ok({ symbol: { ...only, kind: only.kind ?? listing.kind }, found: true });
  }
  const names = fitting.slice(0, 5).map((one) => `${provider.id}:${one.symbol}`);
  const which = names.length === 0 ? 'none' : names.join(', ');
  return refused(
    `${isin} is not one symbol of ${provider.title} (found: ${which}). Choose one: plimsoll prices link ${isin} ${names[0] ?? `${provider.id}:SYMBOL`}.`,
  );
}

const refused = (detail: string) => ({
  ok: false as const,
  fault: { code: 'market-data.unknown-symbol' as const, detail },
});

/** What a search found that may be the listing: nothing that it says contradicts. */
export const candidatesFor = (
  listing: Instrument,
  found: readonly ProviderSymbol[],
): readonly ProviderSymbol[] =>
  found.filter(
    ({ isin, currency }) =>
      (isin === undefined || listing.isin === undefined || isin === listing.isin) &&
      (currency === undefined || currencyOf(currency) === listing.currency),
  );

const currencyOf = (code: string): string =>
  code === 'GBX' || code === 'GBp' ? 'GBP' : code.toUpperCase();

/** A listing by its own identifiers; the symbol is empty where it has none. */
export function identifiersOf(listing: Instrument): ProviderSymbol {
  const { symbol = '', isin, figi, mic, currency, name, kind } = listing;
  const known = Object.entries({ isin, figi, mic }).filter(([, value]) => value !== undefined);
  return {
    symbol,
    currency,
    name,
    kind,
    ...(Object.fromEntries(known) as Partial<ProviderSymbol>),
  };
}
