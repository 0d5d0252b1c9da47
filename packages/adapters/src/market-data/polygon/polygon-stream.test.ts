import { marketDataStreamConformance } from '../../market-data-kit/testing/stream-conformance.ts';
import polygon from './index.ts';

const status = (name: string, message: string): string =>
  JSON.stringify([{ ev: 'status', status: name, message }]);

const create: Parameters<typeof marketDataStreamConformance>[1]['create'] = (terms, world) =>
  polygon.create({ ...terms, requestsPerMinute: 1000, timeoutSeconds: 5 }, world);

/** Speaks as one of the provider's clusters; `channel` is that of its trades, or of its quotes. */
const script = (cluster: string, channel: string) => (key: string) => ({
  admits: (path: string) => path === `/${cluster}`,
  welcome: [status('connected', 'Connected Successfully')],
  receive(message: string) {
    const { action, params } = JSON.parse(message) as { action: string; params: string };
    if (action === 'auth') {
      return params === key
        ? { answer: [status('auth_success', 'authenticated')] }
        : { answer: [status('auth_failed', 'authentication failed')], close: true };
    }
    const names = params.split(',').filter((one) => one.startsWith(`${channel}.`));
    const spellings = names.map((one) => one.slice(channel.length + 1));
    const answer = names.map((one) => status('success', `${action}d to: ${one}`));
    return action === 'subscribe'
      ? { answer, subscribed: spellings }
      : { answer, unsubscribed: spellings };
  },
});

/** https://massive.com/docs/websocket/stocks/trades and /quotes (2026-11-21). */
marketDataStreamConformance('polygon, shares', {
  create,
  one: { symbol: 'AAPL', spelling: 'AAPL' },
  other: { symbol: 'BRK-B', spelling: 'BRK.B' },
  foreign: { symbol: 'VOD', mic: 'XLON' },
  staleMs: 60_000,
  script: script('stocks', 'T'),
  trade: (spelling, { at, price, size, id }) =>
    JSON.stringify([
      {
        ev: 'T',
        sym: spelling,
        x: 4,
        i: String(id),
        z: 3,
        p: price,
        s: size,
        c: [0, 12],
        t: at,
        q: 3_681_328,
      },
    ]),
  bidAsk: (spelling, { at, bid, ask }) =>
    JSON.stringify([
      {
        ev: 'Q',
        sym: spelling,
        bx: 4,
        bp: bid,
        bs: 100,
        ax: 7,
        ap: ask,
        as: 160,
        c: 0,
        t: at,
        z: 3,
      },
    ]),
});

/** https://massive.com/docs/websocket/crypto/trades and /quotes (2026-11-21). */
marketDataStreamConformance('polygon, coins', {
  create,
  one: { symbol: 'BTC', currency: 'USD', kind: 'crypto', spelling: 'BTC-USD' },
  other: { symbol: 'X:ETHUSD', spelling: 'ETH-USD' },
  staleMs: 60_000,
  script: script('crypto', 'XT'),
  trade: (spelling, { at, price, size, id }) =>
    JSON.stringify([
      { ev: 'XT', pair: spelling, p: price, t: at, s: size, c: [2], i: id, x: 3, r: at },
    ]),
  bidAsk: (spelling, { at, bid, ask }) =>
    JSON.stringify([
      { ev: 'XQ', pair: spelling, bp: bid, bs: 1, ap: ask, as: 2, t: at, x: 1, r: at },
    ]),
});
