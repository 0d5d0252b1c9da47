import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

/** How Tiingo names an instrument, and which of its interfaces has it. */
export interface TiingoSymbol {
  readonly part: 'daily' | 'crypto' | 'fx';
  readonly name: string;
  readonly currency: string;
}

/** Exchanges of the United States; Tiingo has no others that a plan for private use includes. */
const american = new Set(['XNYS', 'XNAS', 'ARCX', 'XASE', 'BATS', 'XOTC', 'OTCM']);

/**
 * Tiingo's name: `AAPL`, `BRK-B`, `btcusd`, `eurusd`. Undefined for what is listed elsewhere, where
 * the same letters would be another company.
 */
export function tiingoSymbol(symbol: ProviderSymbol): TiingoSymbol | undefined {
  const { kind, mic, currency } = symbol;
  if (kind === 'crypto' || kind === 'fx') {
    const pair = currencyPair(symbol);
    if (!pair) return undefined;
    const name = `${pair.base}${pair.quote}`.toLowerCase();
    return { part: kind, name, currency: pair.quote };
  }
  const elsewhere = mic !== undefined && !american.has(mic);
  if (elsewhere || (currency !== undefined && currency !== 'USD')) return undefined;
  const name = symbol.symbol.trim().toUpperCase().replaceAll(/[./ ]/g, '-');
  return /^[A-Z0-9][A-Z0-9-]{0,14}$/.test(name)
    ? { part: 'daily', name, currency: 'USD' }
    : undefined;
}
