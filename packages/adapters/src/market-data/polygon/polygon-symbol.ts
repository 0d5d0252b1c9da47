/** https://massive.com/docs/rest/stocks/tickers/all-tickers (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { americanTicker } from '../../market-data-kit/american-share.ts';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

export interface PolygonSymbol {
  readonly market: 'stocks' | 'crypto' | 'forex' | 'indices';
  /** `AAPL`, `X:BTCUSD`, `C:EURUSD`, `I:SPX`. */
  readonly ticker: string;
}

const prefixed = /^([XCI]):[A-Z0-9.]{2,24}$/;
const markets: Readonly<Record<string, PolygonSymbol['market']>> = {
  X: 'crypto',
  C: 'forex',
  I: 'indices',
};

/** The provider's ticker of an instrument; undefined for exchanges outside the United States. */
export function polygonSymbol(symbol: ProviderSymbol): PolygonSymbol | undefined {
  const { kind } = symbol;
  const text = symbol.symbol.trim().toUpperCase();
  const market = markets[prefixed.exec(text)?.[1] ?? ''];
  if (market) return { market, ticker: text };
  if (kind === 'crypto' || kind === 'fx' || text.includes('/')) {
    const pair = currencyPair(symbol);
    if (!pair) return undefined;
    const [prefix, own] = kind === 'fx' ? (['C', 'forex'] as const) : (['X', 'crypto'] as const);
    return { market: own, ticker: `${prefix}:${pair.base}${pair.quote}` };
  }
  if (kind === 'index') return /^\^?[A-Z0-9]{2,12}$/.test(text) ? index(text) : undefined;
  const ticker = americanTicker(symbol);
  return ticker === undefined ? undefined : { market: 'stocks', ticker };
}

const index = (text: string): PolygonSymbol => ({
  market: 'indices',
  ticker: `I:${text.replace('^', '')}`,
});
