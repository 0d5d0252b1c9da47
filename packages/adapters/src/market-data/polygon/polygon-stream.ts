/** https://massive.com/docs/websocket/quickstart and /websocket/stocks/trades (2026-11-21). */
import { ok } from '@plimsoll/kernel';
import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import {
  type Fields,
  fieldsOf,
  inParts,
  parseFrame,
  type StreamNews,
  type StreamProtocol,
  textOf,
  unreadableFrame,
} from '../../market-data-kit/stream-protocol.ts';
import type { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { polygonSymbol } from './polygon-symbol.ts';

export type PolygonMarket = 'stocks' | 'crypto' | 'forex';

/** What to subscribe to of each symbol. */
const channels: Readonly<Record<PolygonMarket, readonly string[]>> = {
  stocks: ['T', 'Q'],
  crypto: ['XT', 'XQ'],
  forex: ['C'],
};

const symbolsPerMessage = 400;

/** One connection per market: the provider allows no more. */
export function polygonStream(
  streamUrl: string,
  key: string,
  market: PolygonMarket,
): StreamProtocol {
  const ask = (action: string, spellings: readonly string[]): string[] =>
    inParts(spellings, symbolsPerMessage).map((part) => {
      const params = part.flatMap((name) =>
        channels[market].map((channel) => `${channel}.${name}`),
      );
      return JSON.stringify({ action, params: params.join(',') });
    });
  return {
    address: async () => ok(`${streamUrl}/${market}`),
    greeting: [JSON.stringify({ action: 'auth', params: key })],
    readyAtOnce: false,
    spelling: (symbol) => streamName(symbol, market),
    subscribe: (spellings) => ask('subscribe', spellings),
    unsubscribe: (spellings) => ask('unsubscribe', spellings),
    read: (frame, ticks) => readFrame(parseFrame(frame), ticks),
  };
}

/** Streams spell pairs with a hyphen: `BTC-USD` for the ticker `X:BTCUSD`. */
function streamName(symbol: ProviderSymbol, market: PolygonMarket): string | undefined {
  const known = polygonSymbol(symbol);
  if (known?.market !== market) return undefined;
  if (market === 'stocks') return known.ticker;
  const kind = market === 'forex' ? 'fx' : 'crypto';
  const pair = currencyPair({ symbol: known.ticker.slice(2), kind });
  return pair && `${pair.base}-${pair.quote}`;
}

type Field =
  | ('ev' | 'sym' | 'pair' | 't' | 'p' | 's' | 'i' | 'bp' | 'ap' | 'a' | 'b')
  | ('status' | 'message');

function readFrame(messages: unknown, ticks: TickWriter): StreamNews | undefined {
  if (!Array.isArray(messages)) return unreadableFrame;
  let news: StreamNews | undefined;
  for (const one of messages as readonly unknown[]) {
    const event = fieldsOf<Field>(one);
    news = (event ? readEvent(event, ticks) : unreadableFrame) ?? news;
  }
  return news;
}

function readEvent(event: Fields<Field>, ticks: TickWriter): StreamNews | undefined {
  const at = numeric(event.t);
  switch (event.ev) {
    case 'T':
    case 'XT':
      ticks.trade(event.sym ?? event.pair, at, numeric(event.p), numeric(event.s));
      ticks.numbered(numeric(event.i));
      return undefined;
    case 'Q':
    case 'XQ':
      ticks.quote(event.sym ?? event.pair, at, numeric(event.bp), numeric(event.ap));
      return undefined;
    case 'C':
      ticks.quote(textOf(event.p).replace('/', '-'), at, numeric(event.b), numeric(event.a));
      return undefined;
    case 'status':
      return statusNews(textOf(event.status), textOf(event.message));
    default:
      return undefined;
  }
}

function statusNews(status: string, message: string): StreamNews | undefined {
  const detail = `Massive: ${message || status}.`;
  if (status === 'auth_success') return { kind: 'ready', detail: '' };
  if (status === 'connected' || status === 'success') return undefined;
  if (status === 'auth_failed') return { kind: 'refused', detail };
  if (/^(?:auth_timeout|max_connections|force_disconnect)$/.test(status)) {
    return { kind: 'lost', detail };
  }
  return { kind: /not authori[sz]ed/i.test(message) ? 'refused' : 'note', detail };
}
