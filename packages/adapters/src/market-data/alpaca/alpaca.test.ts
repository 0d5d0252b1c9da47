import { isDay } from '@plimsoll/kernel';
import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { alpacaSymbol } from './alpaca-symbol.ts';
import alpaca from './index.ts';

const asset = (symbol: string) => ({
  id: 'b0b6dd9d-8b9b-48a9-ba46-b9d54906e415',
  class: 'us_equity',
  exchange: 'NASDAQ',
  symbol,
  name: `${symbol} Inc. Common Stock`,
  status: 'active',
  tradable: true,
});

/** Shapes of https://docs.alpaca.markets/reference/stockbars and its neighbours (2026-11-21). */
function answer({ path, query, headers }: FakeRequest, market: StandardMarket): FakeReply {
  if (headers['apca-api-key-id'] !== market.key) {
    return { status: 401, json: { message: 'unauthorized.' } };
  }
  const isKnown = query.get('symbols') === 'ACME';
  switch (path) {
    case '/v2/stocks/bars':
      return { json: bars(isKnown ? rowsOf(market, query) : [], query, market) };
    case '/v1/corporate-actions':
      return {
        json: { corporate_actions: isKnown ? actions(market, query) : {}, next_page_token: null },
      };
    case '/v2/stocks/snapshots':
      return { json: isKnown ? { ACME: snapshot(market) } : {} };
    case '/v2/assets':
      return { json: [asset('ZZACME'), asset('ACME')] };
    case '/v2/assets/ACME':
      return { json: asset('ACME') };
    default:
      return { status: 404, json: { code: 40_410_000, message: 'asset not found' } };
  }
}

interface Row {
  readonly t: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
}

const midnightInNewYork = (day: unknown): unknown =>
  typeof day === 'string' && isDay(day) ? `${day}T04:00:00Z` : day;

const rowsOf = ({ days, bars: barsOf }: StandardMarket, query: URLSearchParams): Row[] =>
  query.get('timeframe') === '1Day'
    ? days.map((day) => ({ ...day, t: midnightInNewYork(day.day) }))
    : barsOf(60_000).map((bar) => ({ ...bar, t: new Date(bar.from).toISOString() }));

/** Pages of eight bars, so that all ranges are read page by page. */
function bars(rows: readonly Row[], query: URLSearchParams, market: StandardMarket): unknown {
  const [start = '', end = ''] = [query.get('start') ?? '', query.get('end') ?? ''];
  const given = rows.filter(
    ({ t }) => typeof t !== 'string' || !t.startsWith('2026') || (t >= start && t <= end),
  );
  const at = Number(query.get('page_token') ?? 0);
  const page = given.slice(at, at + 8).map((row) => ({
    t: row.t,
    o: row.open,
    h: row.high,
    l: row.low,
    c: row.close,
    v: row.volume,
    n: 5,
    vw: 100,
    ...market.extra,
  }));
  const more = at + 8 < given.length;
  const symbol = market.symbolInReply ?? 'ACME';
  return {
    bars: page.length === 0 ? {} : { [symbol]: page },
    next_page_token: more ? String(at + 8) : null,
  };
}

/** Filed by the day on which they are processed: a dividend when it is paid. */
function actions({ dividends, splits }: StandardMarket, query: URLSearchParams): unknown {
  const inside = (row: { readonly process_date: string }) =>
    row.process_date >= (query.get('start') ?? '') && row.process_date <= (query.get('end') ?? '');
  return {
    cash_dividends: dividends
      .map(({ day, amount }) => ({
        symbol: 'ACME',
        cusip: '0',
        rate: amount,
        special: false,
        foreign: false,
        process_date: '2026-04-30',
        ex_date: day,
        payable_date: '2026-04-30',
      }))
      .filter(inside),
    forward_splits: splits
      .map(({ day, ratio }) => ({
        symbol: 'ACME',
        cusip: '0',
        new_rate: ratio,
        old_rate: 1,
        process_date: day,
        ex_date: day,
      }))
      .filter(inside),
    name_changes: [{ old_symbol: 'OLD', new_symbol: 'ACME', process_date: '2026-03-10' }],
  };
}

const snapshot = ({ quote }: StandardMarket) => ({
  latestTrade: { t: new Date(quote.at).toISOString(), x: 'V', p: quote.last, s: 100, i: 5 },
  latestQuote: {
    t: new Date(quote.at - 500).toISOString(),
    ap: quote.ask,
    as: 1,
    bp: quote.bid,
    bs: 2,
  },
  minuteBar: null,
  dailyBar: null,
  prevDailyBar: { t: '2026-05-29T04:00:00Z', c: quote.previousClose },
});

marketDataHttpConformance('alpaca', {
  create: (terms, world) =>
    alpaca.create(
      { ...terms, secret: 's3cret', feed: 'iex', tradingUrl: terms.baseUrl, streamUrl: nowhere },
      world,
    ),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
});

describe('symbols of Alpaca', () => {
  it.each([
    [{ symbol: 'aapl' }, 'stocks', 'AAPL'],
    [{ symbol: 'BRK-B', mic: 'XNYS' }, 'stocks', 'BRK.B'],
    [{ symbol: 'BRK.B' }, 'stocks', 'BRK.B'],
    [{ symbol: 'BTC', currency: 'USD', kind: 'crypto' }, 'crypto', 'BTC/USD'],
    [{ symbol: 'BTC/USD' }, 'crypto', 'BTC/USD'],
  ] as const)('%j is %s %s', (symbol, market, name) => {
    expect(alpacaSymbol(symbol)).toEqual({ market, name });
  });

  it.each([
    { symbol: 'VOD', mic: 'XLON' },
    { symbol: 'VOD', currency: 'GBP' },
    { symbol: 'SPX', kind: 'index' as const },
    { symbol: '../x' },
    { symbol: '' },
  ])('%j is none', (symbol) => {
    expect(alpacaSymbol(symbol)).toBeUndefined();
  });
});
