import { marketDataStreamConformance } from '../../market-data-kit/testing/stream-conformance.ts';
import finnhub from './index.ts';

/** https://finnhub.io/docs/api/websocket-trades (2026-11-21). */
marketDataStreamConformance('finnhub', {
  create: (terms, world) =>
    finnhub.create({ ...terms, requestsPerMinute: 1000, timeoutSeconds: 5 }, world),
  one: { symbol: 'VOD', mic: 'XLON', spelling: 'VOD.L' },
  other: { symbol: 'BTC/USDT', spelling: 'BINANCE:BTCUSDT' },
  staleMs: 60_000,
  http: ({ headers }, key) =>
    headers['x-finnhub-token'] === key
      ? { json: { c: 190, d: 1, dp: 1, h: 1, l: 1, o: 1, pc: 189, t: 1_780_000_000 } }
      : { status: 401, json: { error: 'Invalid API key' } },
  script: (key) => ({
    admits: (path) => path === `/?token=${encodeURIComponent(key)}`,
    welcome: ['{"type":"ping"}'],
    receive(message) {
      const { type, symbol } = JSON.parse(message) as { type: string; symbol: string };
      return type === 'subscribe' ? { subscribed: [symbol] } : { unsubscribed: [symbol] };
    },
  }),
  trade: (spelling, { at, price, size }) =>
    JSON.stringify({ type: 'trade', data: [{ c: ['1'], p: price, s: spelling, t: at, v: size }] }),
  lacks: { tradeId: 'trades have no number' },
});
