/** https://docs.coingecko.com/reference/search-data (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const coin = z.object({
  id: z.string(),
  name: z.string(),
  symbol: z.string(),
  market_cap_rank: z.number().nullish(),
});
const shape = z.object({ coins: z.array(coin) });
type FoundCoin = z.infer<typeof coin>;

const keptMs = 24 * 3_600_000;
const idPattern = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const tickerPattern = /^[A-Z0-9][A-Z0-9$.]{0,19}$/;

/** A coin by CoinGecko's id or, where only its ticker is known, by that; and what it is priced in. */
export interface CoinName {
  readonly id?: string;
  readonly ticker?: string;
  readonly currency: string;
}

/**
 * Small letters are an id (`bitcoin`), capitals a ticker (`BTC`, `BTC-USD`). Undefined for what can be
 * neither. Dollars where nothing else is said.
 */
export function coinName(symbol: ProviderSymbol): CoinName | undefined {
  if (symbol.kind !== undefined && symbol.kind !== 'crypto') return undefined;
  const text = symbol.symbol.trim();
  const own = symbol.currency?.toUpperCase();
  if (idPattern.test(text)) return { id: text, currency: own ?? 'USD' };
  const pair = /[-/]/.test(text) ? currencyPair(symbol) : undefined;
  if (pair) return { ticker: pair.base, currency: pair.quote };
  return tickerPattern.test(text) ? { ticker: text, currency: own ?? 'USD' } : undefined;
}

const search = async (
  http: ProviderHttp,
  query: string,
  signal: AbortSignal,
): Promise<Result<readonly FoundCoin[], MarketDataFault>> => {
  const answer = await http.json('/search', { query }, { signal, shape, cacheForMs: keptMs });
  return answer.ok ? ok(answer.value.coins) : answer;
};

/** Coins whose name, ticker or id has the text, as CoinGecko ranks them. */
export async function searchCoins(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  if (text.trim() === '' || limit <= 0) return ok([]);
  const found = await search(http, text.trim(), new AbortController().signal);
  if (!found.ok) return found;
  return ok(
    found.value.slice(0, limit).map(({ id, name, symbol }) => ({
      symbol: id,
      name: `${name} (${symbol.toUpperCase()})`,
      kind: 'crypto',
    })),
  );
}

/**
 * The id of a ticker; null where no coin has it. Thousands of coins share one with a greater: the one
 * with the largest market value is meant.
 */
export async function idOfTicker(
  http: ProviderHttp,
  ticker: string,
  signal: AbortSignal,
): Promise<Result<string | null, MarketDataFault>> {
  const found = await search(http, ticker.toLowerCase(), signal);
  if (!found.ok) return found;
  const rank = ({ market_cap_rank: given }: FoundCoin): number => given ?? Number.POSITIVE_INFINITY;
  const [best] = found.value
    .filter(({ symbol }) => symbol.toUpperCase() === ticker)
    .toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return ok(best?.id ?? null);
}
