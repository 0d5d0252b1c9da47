/** https://docs.alpaca.markets/docs/streaming-market-data (2026-11-21). */
import { ok } from '@plimsoll/kernel';
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
import { alpacaSymbol } from './alpaca-symbol.ts';

export interface AlpacaStreamTerms {
  /** With the feed: `wss://stream.data.alpaca.markets/v2/iex`. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

const symbolsPerMessage = 400;

export function alpacaStream({ url, key, secret }: AlpacaStreamTerms): StreamProtocol {
  const ask = (action: string, spellings: readonly string[]): string[] =>
    inParts(spellings, symbolsPerMessage).map((part) =>
      JSON.stringify({ action, trades: part, quotes: part }),
    );
  return {
    address: async () => ok(url),
    greeting: [JSON.stringify({ action: 'auth', key, secret })],
    readyAtOnce: false,
    spelling: (symbol) => alpacaSymbol(symbol)?.name,
    subscribe: (spellings) => ask('subscribe', spellings),
    unsubscribe: (spellings) => ask('unsubscribe', spellings),
    read: (frame, ticks) => readFrame(parseFrame(frame), ticks),
  };
}

type Message = Fields<'T' | 'S' | 't' | 'p' | 's' | 'i' | 'bp' | 'ap' | 'msg' | 'code'>;

function readFrame(messages: unknown, ticks: TickWriter): StreamNews | undefined {
  if (!Array.isArray(messages)) return unreadableFrame;
  let news: StreamNews | undefined;
  for (const one of messages as readonly unknown[]) {
    const message = fieldsOf<keyof Message>(one);
    if (!message) news = unreadableFrame;
    else if (message.T === 't') {
      ticks.trade(message.S, instant(message.t), numeric(message.p), numeric(message.s));
      ticks.numbered(numeric(message.i));
    } else if (message.T === 'q') {
      ticks.quote(message.S, instant(message.t), numeric(message.bp), numeric(message.ap));
    } else news = control(message) ?? news;
  }
  return news;
}

const instant = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(value) : Number.NaN;

function control({ T: kind, msg, code }: Message): StreamNews | undefined {
  if (kind === 'success' && msg === 'authenticated') return { kind: 'ready', detail: '' };
  if (kind !== 'error') return undefined;
  return { kind: errorKind(numeric(code)), detail: `Alpaca: ${textOf(msg)} (${numeric(code)}).` };
}

/**
 * 402 authentication failed, 409 the plan lacks the feed: final. 401, 404 and 406 (another connection
 * is open), 407 a slow reader, 500: tried anew. 405 too many symbols and the rest: said, and goes on.
 */
function errorKind(code: number): StreamNews['kind'] {
  if (code === 402 || code === 409) return 'refused';
  return [401, 404, 406, 407, 500].includes(code) ? 'lost' : 'note';
}
