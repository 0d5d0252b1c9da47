/** Trades as they happen. https://finnhub.io/docs/api/websocket-trades (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { numeric } from '../../market-data-kit/numeric.ts';
import {
  fieldsOf,
  parseFrame,
  type StreamNews,
  type StreamProtocol,
  textOf,
  unreadableFrame,
} from '../../market-data-kit/stream-protocol.ts';
import type { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { finnhubSymbol } from './finnhub-symbol.ts';

export interface FinnhubStreamTerms {
  readonly streamUrl: string;
  readonly key: string;
  /**
   * Asks whether the key is taken: the socket only closes on a bad one, and a closed socket says
   * nothing of why.
   */
  readonly checkKey: (signal: AbortSignal) => Promise<Result<unknown, MarketDataFault>>;
}

export function finnhubStream({ streamUrl, key, checkKey }: FinnhubStreamTerms): StreamProtocol {
  const ask = (type: string, spellings: readonly string[]): string[] =>
    spellings.map((symbol) => JSON.stringify({ type, symbol }));
  return {
    address: async (signal) => {
      const checked = await checkKey(signal);
      return checked.ok ? ok(`${streamUrl}/?token=${encodeURIComponent(key)}`) : checked;
    },
    greeting: [],
    readyAtOnce: true,
    spelling: (symbol) => finnhubSymbol(symbol)?.name,
    subscribe: (spellings) => ask('subscribe', spellings),
    unsubscribe: (spellings) => ask('unsubscribe', spellings),
    read: (frame, ticks) => readFrame(parseFrame(frame), ticks),
  };
}

function readFrame(frame: unknown, ticks: TickWriter): StreamNews | undefined {
  const message = fieldsOf<'type' | 'msg' | 'data'>(frame);
  if (!message) return unreadableFrame;
  if (message.type === 'ping') return undefined;
  if (message.type === 'error') {
    const detail = `Finnhub: ${textOf(message.msg)}`;
    return { kind: /invalid api key|not authenticated/i.test(detail) ? 'refused' : 'note', detail };
  }
  if (message.type !== 'trade' || !Array.isArray(message.data)) return unreadableFrame;
  for (const one of message.data as readonly unknown[]) {
    const trade = fieldsOf<'s' | 't' | 'p' | 'v'>(one);
    if (trade) ticks.trade(trade.s, numeric(trade.t), numeric(trade.p), numeric(trade.v));
  }
  return undefined;
}
