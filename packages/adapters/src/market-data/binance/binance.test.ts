import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { stampOf } from '../../market-data-kit/testing/stamp-of.ts';
import binance from './index.ts';

const invalid: FakeReply = { status: 400, json: { code: -1121, msg: 'Invalid symbol.' } };
const text = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md (2026-11-21). */
function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  if (path === '/api/v3/exchangeInfo') return { json: exchangeInfo };
  if (path === '/api/v3/ticker/24hr') return { json: [ticker(market)] };
  if (path !== '/api/v3/klines') return { status: 404, text: '' };
  if (query.get('symbol') !== 'BTCUSDT') return invalid;
  const rows = query.get('interval') === '1d' ? dailyKlines(market) : secondKlines(market);
  return { json: inRange(rows, query) };
}

const exchangeInfo = {
  timezone: 'UTC',
  serverTime: 1_780_315_200_000,
  rateLimits: [],
  symbols: [
    { symbol: 'ETHUSDT', status: 'TRADING', baseAsset: 'ETH', quoteAsset: 'USDT' },
    { symbol: 'BTCUSDT', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT' },
  ],
};

const ticker = ({ quote, extra }: StandardMarket) => ({
  symbol: 'BTCUSDT',
  priceChange: '0.75',
  prevClosePrice: text(quote.previousClose),
  lastPrice: text(quote.last),
  lastQty: '0.2',
  bidPrice: text(quote.bid),
  askPrice: text(quote.ask),
  openTime: quote.at - 86_400_000,
  closeTime: quote.at,
  ...extra,
});

const kline = (
  time: unknown,
  row: Record<'open' | 'high' | 'low' | 'close' | 'volume', unknown>,
) => [
  time,
  ...[row.open, row.high, row.low, row.close, row.volume].map(text),
  typeof time === 'number' ? time + 86_399_999 : time,
  '2434.19055334',
  308,
  '1756.87402397',
  '28.46694368',
  '0',
];

const dailyKlines = ({ days }: StandardMarket) => days.map((day) => kline(stampOf(day.day), day));

const secondKlines = ({ bars }: StandardMarket) => bars(1000).map((bar) => kline(bar.from, bar));

/** Binance gives the rows that open in the range; a row whose time is none is given whatever is asked. */
function inRange(rows: unknown[][], query: URLSearchParams): unknown[][] {
  const [from, until] = [Number(query.get('startTime')), Number(query.get('endTime'))];
  const limit = Number(query.get('limit') ?? 500);
  return rows
    .filter(
      ([time]) => typeof time !== 'number' || (time >= from && time <= until) || time > 1.9e12,
    )
    .slice(0, limit);
}

marketDataHttpConformance('binance', {
  create: ({ baseUrl, requestsPerMinute, timeoutSeconds }, world) =>
    binance.create(
      { baseUrl, requestsPerMinute, timeoutSeconds, streamUrl: 'ws://127.0.0.1:9' },
      world,
    ),
  symbol: { symbol: 'BTC-USDT', kind: 'crypto' },
  unknown: { symbol: 'NOPE-USDT', kind: 'crypto' },
  answer,
  lacks: {
    key: 'it has none',
    actions: 'coins have none',
    symbolInReply: 'a kline does not name its symbol',
  },
});
