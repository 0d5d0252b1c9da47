import { marketDataStreamConformance } from '../../market-data-kit/testing/stream-conformance.ts';
import upstox from './index.ts';
import { feedFrame } from './testing/feed-schema.ts';

const one = 'NSE_EQ|INE002A01018';
const other = 'NSE_EQ|INE467B01029';

/** https://upstox.com/developer/api-documentation/v3/get-market-data-feed (2026-11-21). */
marketDataStreamConformance('upstox', {
  create: ({ baseUrl, key }, world) =>
    upstox.create({ baseUrl, key, requestsPerMinute: 1000, timeoutSeconds: 5 }, world),
  one: { symbol: one, spelling: one },
  other: { symbol: 'TCS', spelling: other },
  foreign: { symbol: 'AAPL', isin: 'US0378331005', mic: 'XNAS' },
  staleMs: 60_000,
  http({ path, query, headers }, key, streamUrl) {
    if (headers.authorization !== `Bearer ${key}`) {
      const error = { errorCode: 'UDAPI100050', message: 'Invalid token used to access API' };
      return { status: 401, json: { status: 'error', errors: [error] } };
    }
    if (path === '/v3/feed/market-data-feed/authorize') {
      const address = `${streamUrl}/market-data-feeder/v3/feeds?requestId=1&code=2`;
      return { json: { status: 'success', data: { authorized_redirect_uri: address } } };
    }
    const row = {
      instrument_key: other,
      trading_symbol: 'TCS',
      exchange: 'NSE',
      segment: 'NSE_EQ',
    };
    return { json: { status: 'success', data: query.get('query') === 'TCS' ? [row] : [] } };
  },
  script: () => ({
    admits: (path) => path.startsWith('/market-data-feeder/v3/feeds?'),
    receive(message) {
      const { method, data } = JSON.parse(message) as {
        method: string;
        data: { instrumentKeys: string[] };
      };
      return method === 'sub'
        ? { subscribed: data.instrumentKeys }
        : { unsubscribed: data.instrumentKeys };
    },
  }),
  trade: (spelling, { at, price, size }) => {
    const ltpc = { ltp: price, ltt: at, ltq: size, cp: 100 };
    return feedFrame({ type: 1, feeds: { [spelling]: { ltpc } }, currentTs: at });
  },
  bidAsk: (spelling, { at, bid, ask }) => {
    const bidAskQuote = [{ bidQ: 1, bidP: bid, askQ: 1, askP: ask }];
    const fullFeed = { marketFF: { marketLevel: { bidAskQuote } } };
    return feedFrame({ type: 1, feeds: { [spelling]: { fullFeed } }, currentTs: at });
  },
  lacks: { tradeId: 'trades have no number' },
});
