import type { Account, Currency, Instrument, Portfolio } from '@plimsoll/domain';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const hub = 'EUR';

/** What an exchange rate is an instrument of. */
export interface RatePair {
  /** `EURUSD`: units of the quote currency per one of the base currency. */
  readonly symbol: string;
  readonly quote: Currency;
}

/**
 * The exchange rates that a workspace needs to count everything in any of its bases: one euro in
 * each currency that is held or reported in. Others cross through the euro. None where one currency
 * is all there is, and none for a pair that is there already in either direction.
 */
export function neededRates(
  instruments: readonly Instrument[],
  accounts: readonly Account[],
  portfolios: readonly Portfolio[],
): readonly RatePair[] {
  const all = [...instruments, ...accounts, ...portfolios].map(({ currency }) => currency);
  const used = new Set(all.filter((currency) => currencies.has(currency)));
  if (used.size < 2) return [];
  const there = new Set(
    instruments.flatMap(({ kind, symbol }) => (kind === 'fx' && symbol ? [symbol] : [])),
  );
  return [...used]
    .filter((currency) => currency !== hub)
    .filter((currency) => !there.has(hub + currency) && !there.has(currency + hub))
    .sort()
    .map((quote) => ({ symbol: hub + quote, quote }));
}
