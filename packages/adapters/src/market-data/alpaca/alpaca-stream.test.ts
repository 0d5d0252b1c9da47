import { marketDataStreamConformance } from '../../market-data-kit/testing/stream-conformance.ts';
import alpaca from './index.ts';

const instant = (at: unknown): unknown =>
  typeof at === 'number' ? new Date(at).toISOString() : at;

interface Request {
  readonly action: string;
  readonly key?: string;
  readonly secret?: string;
  readonly trades?: readonly string[];
  readonly quotes?: readonly string[];
}

/** https://docs.alpaca.markets/docs/streaming-market-data (2026-11-21). */
marketDataStreamConformance('alpaca', {
  create: ({ baseUrl, streamUrl, key }, world) =>
    alpaca.create(
      {
        baseUrl,
        streamUrl,
        key,
        secret: 's3cret',
        feed: 'iex',
        tradingUrl: baseUrl,
        requestsPerMinute: 1000,
        timeoutSeconds: 5,
      },
      world,
    ),
  one: { symbol: 'AAPL', spelling: 'AAPL' },
  other: { symbol: 'BRK-B', spelling: 'BRK.B' },
  foreign: { symbol: 'VOD', mic: 'XLON' },
  staleMs: 60_000,
  script: (key) => {
    let known = false;
    return {
      admits: (path) => path === '/v2/iex',
      welcome: ['[{"T":"success","msg":"connected"}]'],
      receive(message) {
        const { action, trades = [], ...login } = JSON.parse(message) as Request;
        if (action === 'auth') {
          known = login.key === key && login.secret === 's3cret';
          return known
            ? { answer: ['[{"T":"success","msg":"authenticated"}]'] }
            : { answer: ['[{"T":"error","code":402,"msg":"auth failed"}]'], close: true };
        }
        if (!known) return { answer: ['[{"T":"error","code":401,"msg":"not authenticated"}]'] };
        const answer = [JSON.stringify([{ T: 'subscription', trades, quotes: trades, bars: [] }])];
        return action === 'subscribe'
          ? { answer, subscribed: trades }
          : { answer, unsubscribed: trades };
      },
    };
  },
  trade: (spelling, { at, price, size, id }) =>
    JSON.stringify([
      { T: 't', i: id, S: spelling, x: 'D', p: price, s: size, t: instant(at), c: ['@'], z: 'C' },
    ]),
  bidAsk: (spelling, { at, bid, ask }) =>
    JSON.stringify([
      {
        T: 'q',
        S: spelling,
        bx: 'U',
        bp: bid,
        bs: 1,
        ax: 'Q',
        ap: ask,
        as: 4,
        t: instant(at),
        c: ['R'],
        z: 'C',
      },
    ]),
});
