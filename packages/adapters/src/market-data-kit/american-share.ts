import type { ProviderSymbol } from '@plimsoll/ports';

const american = /^(?:XNYS|XNAS|XNGS|XNMS|XNCM|ARCX|XASE|BATS|IEXG|OTCM)$/;
const spelled = /^[A-Z][A-Z0-9]{0,9}(?:\.[A-Z]{1,4})?$/;

/** Whether it may be a share or a fund: SPX is an index, and the letters of a company too. */
export const maybeShare = ({ kind }: ProviderSymbol): boolean =>
  kind === undefined || kind === 'equity' || kind === 'etf';

/** Whether it may be listed in the United States: by its exchange, else by its currency. */
export const maybeAmerican = ({ mic, currency = 'USD' }: ProviderSymbol): boolean =>
  mic === undefined ? currency === 'USD' : american.test(mic);

/**
 * The ticker of a share listed in the United States, a class of shares behind a point: `BRK.B`.
 * Undefined for other kinds and for other exchanges, where the same letters are another company.
 */
export function americanTicker(symbol: ProviderSymbol): string | undefined {
  if (!maybeShare(symbol) || !maybeAmerican(symbol)) return undefined;
  const ticker = symbol.symbol
    .trim()
    .toUpperCase()
    .replace(/[-/ ]([A-Z]{1,2})$/, '.$1');
  return spelled.test(ticker) ? ticker : undefined;
}
