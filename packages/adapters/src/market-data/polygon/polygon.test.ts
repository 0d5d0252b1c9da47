import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { stampOf } from '../../market-data-kit/testing/stamp-of.ts';
import polygon from './index.ts';
import { polygonSymbol } from './polygon-symbol.ts';

interface Row {
  readonly t: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
}

const rowsPerPage = 8;

/** Shapes of https://massive.com/docs/rest/stocks/aggregates/custom-bars and its neighbours (2026-11-21). */
function answer(request: FakeRequest, market: StandardMarket): FakeReply {
  const { path, query, headers } = request;
  if (headers.authorization !== `Bearer ${market.key}`) {
    return { status: 401, json: { status: 'ERROR', request_id: '1', error: 'Unknown API Key' } };
  }
  const [, , , , ticker, , , timespan, from, until] = path.split('/');
  if (path.startsWith('/v2/aggs/')) {
    const rows = ticker === 'ACME' ? rowsOf(market, timespan ?? '') : [];
    const given = rows.filter(({ t }) => isInside(t, Number(from), Number(until)));
    return { json: bars(given, { ...request, ticker: ticker ?? '' }, market) };
  }
  const isKnown = query.get('ticker') === 'ACME';
  switch (path) {
    case '/v3/reference/dividends':
      return page(
        isKnown ? market.dividends.filter(within(query, 'ex_dividend_date')) : [],
        ({ day, amount }) => ({
          ticker: 'ACME',
          cash_amount: amount,
          currency: 'USD',
          dividend_type: 'CD',
          ex_dividend_date: day,
          frequency: 4,
          pay_date: '2026-03-30',
        }),
      );
    case '/v3/reference/splits':
      return page(
        isKnown ? market.splits.filter(within(query, 'execution_date')) : [],
        ({ day, ratio }) => ({
          ticker: 'ACME',
          execution_date: day,
          split_from: 1,
          split_to: ratio,
        }),
      );
    case '/v3/reference/tickers':
      return page(['ACME'], tickerRow);
    case '/v3/reference/tickers/ACME':
      return { json: { request_id: '1', results: tickerRow('ACME'), status: 'OK' } };
    case '/v3/snapshot':
      return page(['ACME'], () => snapshot(market));
    default:
      return {
        status: 404,
        json: { status: 'NOT_FOUND', request_id: '1', message: 'Ticker not found.' },
      };
  }
}

const tickerRow = (ticker: string) => ({
  active: true,
  composite_figi: 'BBG000BWQYZ5',
  currency_name: 'usd',
  locale: 'us',
  market: 'stocks',
  name: 'Acme Inc.',
  primary_exchange: 'XNAS',
  ticker,
  type: 'CS',
});

const page = <T>(rows: readonly T[], toRow: (row: T) => unknown): FakeReply => ({
  json: { request_id: '1', results: rows.map(toRow), status: 'OK' },
});

const within =
  (query: URLSearchParams, field: string) =>
  ({ day }: { readonly day: string }): boolean =>
    day >= (query.get(`${field}.gte`) ?? '') && day < (query.get(`${field}.lt`) ?? '');

const isInside = (t: unknown, from: number, until: number): boolean =>
  typeof t !== 'number' || (t >= from && t <= until) || t > 1.9e12;

const rowsOf = ({ days, bars: barsOf }: StandardMarket, timespan: string): Row[] =>
  timespan === 'day'
    ? days.map((day) => ({ ...day, t: stampOf(day.day, 4) }))
    : barsOf(1000).map((bar) => ({ ...bar, t: bar.from }));

/** Pages of eight bars, so that all ranges are read page by page. */
function bars(
  given: readonly Row[],
  { path, query, headers, ticker }: FakeRequest & { readonly ticker: string },
  market: StandardMarket,
): unknown {
  const at = Number(query.get('cursor') ?? 0);
  const results = given.slice(at, at + rowsPerPage).map((row) => ({
    v: row.volume,
    vw: 100.5,
    o: row.open,
    c: row.close,
    h: row.high,
    l: row.low,
    t: row.t,
    n: 12,
    ...market.extra,
  }));
  const next = `http://${headers.host}${path}?cursor=${at + rowsPerPage}`;
  return {
    ticker: market.symbolInReply ?? ticker,
    queryCount: results.length,
    resultsCount: results.length,
    adjusted: false,
    ...(results.length > 0 ? { results } : {}),
    status: 'OK',
    request_id: '1',
    ...(at + rowsPerPage < given.length ? { next_url: next } : {}),
  };
}

const snapshot = ({ quote }: StandardMarket) => ({
  last_quote: {
    ask: quote.ask,
    ask_size: 1,
    bid: quote.bid,
    bid_size: 2,
    last_updated: quote.at * 1e6,
    timeframe: 'REAL-TIME',
  },
  last_trade: { price: quote.last, size: 2, sip_timestamp: quote.at * 1e6, timeframe: 'REAL-TIME' },
  market_status: 'open',
  name: 'Acme Inc.',
  session: { change: 0.75, close: 131, previous_close: quote.previousClose },
  ticker: 'ACME',
  type: 'stocks',
});

marketDataHttpConformance('polygon', {
  create: (terms, world) => polygon.create({ ...terms, streamUrl: nowhere }, world),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
});

describe('symbols of Massive', () => {
  it.each([
    [{ symbol: 'aapl' }, 'stocks', 'AAPL'],
    [{ symbol: 'BRK-B', mic: 'XNYS' }, 'stocks', 'BRK.B'],
    [{ symbol: 'BTC', currency: 'USD', kind: 'crypto' }, 'crypto', 'X:BTCUSD'],
    [{ symbol: 'X:BTCUSD' }, 'crypto', 'X:BTCUSD'],
    [{ symbol: 'EURUSD=X', kind: 'fx' }, 'forex', 'C:EURUSD'],
    [{ symbol: '^SPX', kind: 'index' }, 'indices', 'I:SPX'],
  ] as const)('%j is %s %s', (symbol, market, ticker) => {
    expect(polygonSymbol(symbol)).toEqual({ market, ticker });
  });

  it.each([
    { symbol: 'VOD', mic: 'XLON' },
    { symbol: 'GOLD', kind: 'commodity' as const },
    { symbol: '../x' },
    { symbol: '' },
  ])('%j is none', (symbol) => {
    expect(polygonSymbol(symbol)).toBeUndefined();
  });
});
