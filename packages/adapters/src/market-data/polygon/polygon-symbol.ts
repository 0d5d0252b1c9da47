/** https://massive.com/docs/rest/stocks/tickers/all-tickers (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

export interface PolygonSymbol {
  readonly market: 'stocks' | 'crypto' | 'forex' | 'indices';
  /** `AAPL`, `X:BTCUSD`, `C:EURUSD`, `I:SPX`. */
  readonly ticker: string;
}

const american = /^(?:XNYS|XNAS|XNGS|XNMS|XNCM|ARCX|XASE|BATS|IEXG|OTCM)$/;
const prefixed = /^([XCI]):[A-Z0-9.]{2,24}$/;
const stockTicker = /^[A-Z][A-Z0-9]{0,9}(?:\.[A-Z]{1,4})?$/;
const markets: Readonly<Record<string, PolygonSymbol['market']>> = {
  X: 'crypto',
  C: 'forex',
  I: 'indices',
};

/** The provider's ticker of an instrument; undefined for exchanges outside the United States. */
export function polygonSymbol(symbol: ProviderSymbol): PolygonSymbol | undefined {
  const { kind, mic } = symbol;
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
  if (mic !== undefined && !american.test(mic)) return undefined;
  const ticker = text.replace(/[-/ ]([A-Z]{1,2})$/, '.$1');
  return stockTicker.test(ticker) ? { market: 'stocks', ticker } : undefined;
}

const index = (text: string): PolygonSymbol => ({
  market: 'indices',
  ticker: `I:${text.replace('^', '')}`,
});
