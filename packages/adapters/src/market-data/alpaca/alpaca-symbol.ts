/** https://docs.alpaca.markets/docs/getting-started-with-alpaca-market-data (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { americanTicker } from '../../market-data-kit/american-share.ts';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

export interface AlpacaSymbol {
  readonly market: 'stocks' | 'crypto';
  readonly name: string;
}

/**
 * Alpaca's name of an instrument: `AAPL`, `BRK.B` for a class of shares, `BTC/USD` for a coin.
 * Undefined for what it does not have, which is every exchange outside the United States.
 */
export function alpacaSymbol(symbol: ProviderSymbol): AlpacaSymbol | undefined {
  if (symbol.kind === 'crypto' || symbol.symbol.includes('/')) {
    const pair = currencyPair(symbol);
    return pair && { market: 'crypto', name: `${pair.base}/${pair.quote}` };
  }
  const name = americanTicker(symbol);
  return name === undefined ? undefined : { market: 'stocks', name };
}
