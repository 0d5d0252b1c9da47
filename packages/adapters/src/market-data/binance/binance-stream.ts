/**
 * The market streams of Binance: trades and best bid and ask, combined over one connection.
 * https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md (2026-11-21).
 */
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
import { binanceSymbol } from './binance-symbol.ts';

/** A message may name many streams; a connection carries at most 1024, two of each symbol. */
const symbolsPerMessage = 100;
/** Binance disconnects who sends more than 5 messages a second, pongs counted. */
const paceMs = 300;

export function binanceStream(streamUrl: string, nowMs: () => number): StreamProtocol {
  let id = 0;
  const ask = (method: string, spellings: readonly string[]): string[] =>
    inParts(spellings, symbolsPerMessage).map((part) =>
      JSON.stringify({ method, params: part.flatMap(streamsOf), id: ++id }),
    );
  return {
    address: async () => ok(`${streamUrl}/stream`),
    greeting: [],
    readyAtOnce: true,
    paceMs,
    spelling: binanceSymbol,
    subscribe: (spellings) => ask('SUBSCRIBE', spellings),
    unsubscribe: (spellings) => ask('UNSUBSCRIBE', spellings),
    read: (frame, ticks) => readFrame(parseFrame(frame), ticks, nowMs),
  };
}

const streamsOf = (spelling: string): string[] => {
  const name = spelling.toLowerCase();
  return [`${name}@trade`, `${name}@bookTicker`];
};

type Payload = Fields<'e' | 's' | 'T' | 'p' | 'q' | 't' | 'b' | 'a'>;

function readFrame(frame: unknown, ticks: TickWriter, nowMs: () => number): StreamNews | undefined {
  const message = fieldsOf<'data' | 'e' | 'error' | 'msg' | 'result'>(frame);
  if (!message) return unreadableFrame;
  const data = fieldsOf<keyof Payload>(message.data);
  if (!data) return reply(message);
  if (data.e === 'trade') {
    ticks.trade(data.s, numeric(data.T), numeric(data.p), numeric(data.q));
    ticks.numbered(numeric(data.t));
  } else if (data.e === undefined && data.b !== undefined) {
    // The best bid and ask carry no time of their own.
    ticks.quote(data.s, nowMs(), numeric(data.b), numeric(data.a));
  } else if (data.e === 'serverShutdown') return shutdown;
  return undefined;
}

const shutdown: StreamNews = { kind: 'lost', detail: 'Binance shuts this connection down.' };

/** What was said of a request of ours: `{"result":null,"id":1}`, or a code with a message. */
function reply(message: Fields<'e' | 'error' | 'msg' | 'result'>): StreamNews | undefined {
  if (message.e === 'serverShutdown') return shutdown;
  const error = fieldsOf<'msg'>(message.error) ?? message;
  if (error.msg !== undefined) return { kind: 'note', detail: `Binance: ${textOf(error.msg)}` };
  return 'result' in message ? undefined : unreadableFrame;
}
