/** https://docs.alpaca.markets/reference/get-v2-assets-1 (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const asset = z.object({
  symbol: z.string(),
  name: z.string().nullish(),
  exchange: z.string().nullish(),
  class: z.string().nullish(),
});

const mics: Readonly<Record<string, string>> = {
  NASDAQ: 'XNAS',
  NYSE: 'XNYS',
  ARCA: 'ARCX',
  AMEX: 'XASE',
  BATS: 'BATS',
};

const toSymbol = ({
  symbol,
  name,
  exchange,
  class: own,
}: z.infer<typeof asset>): ProviderSymbol => {
  const mic = mics[exchange ?? ''];
  return {
    symbol,
    currency: own === 'crypto' ? (symbol.split('/')[1] ?? 'USD') : 'USD',
    ...(name ? { name } : {}),
    ...(mic === undefined ? {} : { mic }),
    ...(own === 'crypto' ? { kind: 'crypto' as const } : {}),
  };
};

/** All that Alpaca lists, shares and coins: some eleven thousand. */
export async function readAssets(
  http: ProviderHttp,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  const { signal } = new AbortController();
  const answer = await http.json(
    '/v2/assets',
    { status: 'active' },
    { signal, shape: z.array(asset) },
  );
  return answer.ok ? ok(answer.value.map(toSymbol)) : answer;
}

/** Bars say the same of an unknown symbol as of a time without trades; the list of assets tells. */
export async function isListed(
  http: ProviderHttp,
  symbol: string,
  signal: AbortSignal,
): Promise<Result<boolean, MarketDataFault>> {
  const answer = await http.json(
    `/v2/assets/${encodeURIComponent(symbol)}`,
    {},
    { signal, shape: asset },
  );
  if (answer.ok) return ok(true);
  return answer.fault.code === 'market-data.unknown-symbol' ? ok(false) : answer;
}

/** Those whose symbol or name has the text, the shortest symbols first. */
export function matching(
  assets: readonly ProviderSymbol[],
  text: string,
  limit: number,
): readonly ProviderSymbol[] {
  const wanted = text.trim().toUpperCase();
  const found = assets.filter(
    ({ symbol, name }) => symbol.includes(wanted) || (name ?? '').toUpperCase().includes(wanted),
  );
  const rank = ({ symbol }: ProviderSymbol): number =>
    symbol === wanted ? 0 : symbol.startsWith(wanted) ? 1 : symbol.includes(wanted) ? 2 : 3;
  return found
    .toSorted((a, b) => rank(a) - rank(b) || a.symbol.length - b.symbol.length)
    .slice(0, Math.max(0, limit));
}
