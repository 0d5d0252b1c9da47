/** https://finnhub.io/docs/api/symbol-search (2026-11-21). */
import type { InstrumentKind } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const shape = z.object({
  result: z.array(
    z.object({ symbol: z.string(), description: z.string().nullish(), type: z.string().nullish() }),
  ),
});

const kinds: Readonly<Record<string, InstrumentKind>> = {
  'Common Stock': 'equity',
  ADR: 'equity',
  REIT: 'equity',
  ETP: 'etf',
  ETF: 'etf',
  Crypto: 'crypto',
};

const keptMs = 3_600_000;

export async function searchFinnhub(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  const wanted = text.trim();
  if (wanted === '' || limit <= 0) return ok([]);
  const { signal } = new AbortController();
  const answer = await http.json('/search', { q: wanted }, { signal, shape, cacheForMs: keptMs });
  if (!answer.ok) return answer;
  return ok(
    answer.value.result.slice(0, limit).map(({ symbol, description, type }) => {
      const kind = kinds[type ?? ''];
      return {
        symbol,
        ...(description ? { name: description } : {}),
        ...(kind === undefined ? {} : { kind }),
      };
    }),
  );
}
