/** https://upstox.com/developer/api-documentation/v3/get-market-data-feed (2026-11-21). */
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import {
  inParts,
  type StreamFrame,
  type StreamProtocol,
  unreadableFrame,
} from '../../market-data-kit/stream-protocol.ts';
import { UpstoxFeed } from './upstox-feed.ts';

const shape = z.object({
  status: z.literal('success'),
  data: z.object({ authorized_redirect_uri: z.string() }),
});

const keysPerMessage = 100;

export interface UpstoxStreamTerms {
  readonly http: ProviderHttp;
  readonly baseUrl: string;
  /** The key of an instrument, as far as it is known yet. */
  readonly keyOf: (symbol: ProviderSymbol) => string | undefined;
}

/** Asks for an address before each connection, as it is good for one. */
export function upstoxStream({ http, baseUrl, keyOf }: UpstoxStreamTerms): StreamProtocol {
  const feed = new UpstoxFeed();
  let asked = 0;
  const ask = (method: string, keys: readonly string[]): StreamFrame[] =>
    inParts(keys, keysPerMessage).map((instrumentKeys) => {
      const data = method === 'sub' ? { mode: 'full', instrumentKeys } : { instrumentKeys };
      return new TextEncoder().encode(
        JSON.stringify({ guid: `plimsoll-${++asked}`, method, data }),
      );
    });
  return {
    address: (signal) => authorise(http, baseUrl, signal),
    greeting: [],
    readyAtOnce: true,
    spelling: keyOf,
    subscribe: (keys) => ask('sub', keys),
    unsubscribe: (keys) => ask('unsub', keys),
    read: (frame, ticks) =>
      typeof frame !== 'string' && feed.read(frame, ticks) ? undefined : unreadableFrame,
  };
}

async function authorise(
  http: ProviderHttp,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Result<string, MarketDataFault>> {
  const answer = await http.json('/v3/feed/market-data-feed/authorize', {}, { signal, shape });
  if (!answer.ok) return answer;
  const address = answer.value.data.authorized_redirect_uri;
  if (isOwn(address, baseUrl)) return ok(address);
  const detail = 'Upstox names an address for its stream that is not its own; it is not used.';
  return refuse({ code: 'market-data.unreadable', detail });
}

/** Upstox streams from hosts beside the one that is asked; a host of one's own, from itself alone. */
function isOwn(address: string, baseUrl: string): boolean {
  const url = URL.parse(address);
  const { hostname, protocol } = new URL(baseUrl);
  if (!url) return false;
  if (protocol === 'https:' && url.protocol !== 'wss:') return false;
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') return false;
  const isUpstox = hostname.endsWith('.upstox.com') && url.hostname.endsWith('.upstox.com');
  return isUpstox || url.hostname === hostname;
}
