import { marketDataStreamConformance } from '../../market-data-kit/testing/stream-conformance.ts';
import binance from './index.ts';

const text = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);
const ofTrades = (params: readonly string[]): string[] =>
  params
    .filter((one) => one.endsWith('@trade'))
    .map((one) => one.split('@')[0]?.toUpperCase() ?? '');

/** https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md (2026-11-21). */
marketDataStreamConformance('binance', {
  create: ({ baseUrl, streamUrl }, world) =>
    binance.create({ baseUrl, streamUrl, requestsPerMinute: 1000, timeoutSeconds: 5 }, world),
  one: { symbol: 'BTC-USDT', spelling: 'BTCUSDT' },
  other: { symbol: 'ETH-USDT', spelling: 'ETHUSDT' },
  staleMs: 60_000,
  script: () => ({
    receive(message) {
      const { method, params, id } = JSON.parse(message) as {
        method: string;
        params: string[];
        id: number;
      };
      const answer = [JSON.stringify({ result: null, id })];
      if (method === 'SUBSCRIBE') return { answer, subscribed: ofTrades(params) };
      return { answer, unsubscribed: ofTrades(params) };
    },
  }),
  trade: (spelling, { at, price, size, id }) =>
    JSON.stringify({
      stream: `${spelling.toLowerCase()}@trade`,
      data: {
        e: 'trade',
        E: at,
        s: spelling,
        t: id,
        p: text(price),
        q: text(size),
        T: at,
        m: true,
        M: true,
      },
    }),
  bidAsk: (spelling, { bid, ask }) =>
    JSON.stringify({
      stream: `${spelling.toLowerCase()}@bookTicker`,
      data: { u: 400_900_217, s: spelling, b: text(bid), B: '31.2', a: text(ask), A: '40.6' },
    }),
  lacks: { key: 'it has none', timeOfQuotes: 'the best bid and ask carry none' },
});
