/** https://docs.alpaca.markets/docs/getting-started-with-alpaca-market-data (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

export interface AlpacaSymbol {
  readonly market: 'stocks' | 'crypto';
  readonly name: string;
}

const american = /^(?:XNYS|XNAS|XNGS|XNMS|XNCM|ARCX|XASE|BATS|IEXG)$/;
const stockName = /^[A-Z][A-Z0-9]{0,9}(?:\.[A-Z]{1,4})?$/;

/**
 * Alpaca's name of an instrument: `AAPL`, `BRK.B` for a class of shares, `BTC/USD` for a coin.
 * Undefined for what it does not have, which is every exchange outside the United States.
 */
export function alpacaSymbol(symbol: ProviderSymbol): AlpacaSymbol | undefined {
  const { kind, mic } = symbol;
  const text = symbol.symbol.trim().toUpperCase();
  if (kind === 'crypto' || text.includes('/')) {
    const pair = currencyPair(symbol);
    return pair && { market: 'crypto', name: `${pair.base}/${pair.quote}` };
  }
  if (mic !== undefined && !american.test(mic)) return undefined;
  const name = text.replace(/[-/ ]([A-Z]{1,2})$/, '.$1');
  return stockName.test(name) ? { market: 'stocks', name } : undefined;
}
