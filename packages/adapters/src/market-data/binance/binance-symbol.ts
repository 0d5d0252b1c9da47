/** https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

const plain = /^[A-Z0-9]{4,20}$/;

/**
 * Binance's name of a pair: `BTCUSDT`, whether it was written `BTC-USDT`, `btc/usdt` or as `BTC` with
 * its currency beside it. Undefined for what cannot be one. Dollars are not Tether: `BTC-USD` is
 * `BTCUSD`, which Binance does not list.
 */
export function binanceSymbol(symbol: ProviderSymbol): string | undefined {
  if (symbol.kind !== undefined && symbol.kind !== 'crypto') return undefined;
  const pair = currencyPair(symbol);
  if (pair) return pair.base + pair.quote;
  const text = symbol.symbol.trim().toUpperCase();
  return plain.test(text) ? text : undefined;
}
