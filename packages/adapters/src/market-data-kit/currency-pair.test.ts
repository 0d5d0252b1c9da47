import { describe, expect, it } from 'vitest';
import { currencyPair } from './currency-pair.ts';

describe('a pair of currencies', () => {
  it.each([
    [{ symbol: 'BTC-USD' }, 'BTC', 'USD'],
    [{ symbol: 'btc/usdt' }, 'BTC', 'USDT'],
    [{ symbol: 'EUR_USD' }, 'EUR', 'USD'],
    [{ symbol: 'EURUSD=X', kind: 'fx' }, 'EUR', 'USD'],
    [{ symbol: 'GBPSEK', kind: 'fx' }, 'GBP', 'SEK'],
    [{ symbol: 'BTCUSDT' }, 'BTC', 'USDT'],
    [{ symbol: 'ETHBTC' }, 'ETH', 'BTC'],
    [{ symbol: 'BTC', currency: 'EUR', kind: 'crypto' }, 'BTC', 'EUR'],
    [{ symbol: 'BTCEUR', currency: 'EUR', kind: 'crypto' }, 'BTC', 'EUR'],
  ] as const)('%j is %s in %s', (symbol, base, quote) => {
    expect(currencyPair(symbol)).toEqual({ base, quote });
  });

  it.each(['', 'BTC', 'A-B-C', '-USD', 'é/USD', '../../x', 'USD'])('%j is none', (symbol) => {
    expect(currencyPair({ symbol })).toBeUndefined();
  });
});
