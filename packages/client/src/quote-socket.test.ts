import type { Quote, QuoteMessage } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import { openQuoteSocket } from './quote-socket.ts';

/** The outermost socket, in the hands of the test. */
class HandSocket extends EventTarget {
  static last: HandSocket | null = null;
  readyState = 1;
  constructor() {
    super();
    HandSocket.last = this;
  }
  send(): void {
    // What is asked for is not what is tried here.
  }
  close(): void {
    this.readyState = 3;
  }
  say(message: QuoteMessage): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}

const closed: Quote = {
  instrumentId: 'a',
  quoteId: 'q',
  symbol: 'ASML',
  name: 'ASML',
  currency: 'EUR',
  priceFactor: 1,
  bid: null,
  ask: null,
  last: 612.4,
  size: null,
  previousClose: 600,
  at: '2026-03-30T00:00:00.000Z',
  receivedAt: null,
  age: 100,
  source: 'csv-folder',
  state: 'close',
  delayed: false,
  simulated: false,
  heldBack: null,
  note: 'No provider of live quotes has told its price.',
};

function opened() {
  const socket = openQuoteSocket({
    origin: 'http://127.0.0.1',
    workspace: 'main',
    WebSocket: HandSocket as unknown as typeof WebSocket,
    random: () => 0,
    onQuotes: () => undefined,
  });
  const server = HandSocket.last;
  if (server === null) throw new Error('It did not connect');
  server.say({ type: 'snapshot', at: '2026-03-31T09:00:00.000Z', quotes: [closed], unknown: [] });
  return { socket, server };
}

test('a close stays a close until a provider tells a price', () => {
  const { socket, server } = opened();
  server.say({ type: 'update', quotes: [{ quoteId: 'q', previousClose: 612.4 }] });
  expect(socket.quotes.get('a')).toMatchObject({ state: 'close', note: closed.note, last: 612.4 });
  const at = Date.parse('2026-03-31T09:00:01.000Z');
  server.say({
    type: 'update',
    quotes: [{ quoteId: 'q', last: 613, tradeAt: at, receivedAt: at }],
  });
  expect(socket.quotes.get('a')).toMatchObject({ state: 'live', note: '', last: 613, age: 0 });
  socket.close();
});

test('a quote is stale as soon as its provider is not heard, and live when it is again', () => {
  const { socket, server } = opened();
  const at = Date.parse('2026-03-31T09:00:01.000Z');
  server.say({
    type: 'update',
    quotes: [{ quoteId: 'q', last: 613, tradeAt: at, receivedAt: at }],
  });
  server.say({ type: 'update', quotes: [{ quoteId: 'q', stale: true }] });
  expect(socket.quotes.get('a')?.state).toBe('stale');
  server.say({ type: 'update', quotes: [{ quoteId: 'q', previousClose: 1 }] });
  expect(socket.quotes.get('a')?.state).toBe('stale');
  server.say({ type: 'update', quotes: [{ quoteId: 'q', stale: false }] });
  expect(socket.quotes.get('a')?.state).toBe('live');
  socket.close();
});
