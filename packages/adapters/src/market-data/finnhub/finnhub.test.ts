import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { stampOf } from '../../market-data-kit/testing/stamp-of.ts';
import { finnhubSymbol } from './finnhub-symbol.ts';
import finnhub from './index.ts';

const seconds = (stamp: unknown): unknown => (typeof stamp === 'number' ? stamp / 1000 : stamp);

interface Row {
  readonly t: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
}

/** Shapes of https://finnhub.io/docs/api (2026-11-21). */
function answer({ path, query, headers }: FakeRequest, market: StandardMarket): FakeReply {
  if (headers['x-finnhub-token'] !== market.key) {
    return { status: 401, json: { error: 'Invalid API key' } };
  }
  const isKnown = query.get('symbol') === 'ACME';
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const inside = ({ day }: { readonly day: string }) => day >= from && day <= to;
  switch (path) {
    case '/stock/candle':
      return { json: isKnown ? candles(rowsOf(market, query), query, market) : { s: 'no_data' } };
    case '/quote':
      return {
        json: isKnown
          ? quoteOf(market)
          : { c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 },
      };
    case '/search':
      return {
        json: {
          count: 1,
          result: [
            {
              description: 'ACME INC',
              displaySymbol: 'ACME',
              symbol: 'ACME',
              type: 'Common Stock',
            },
          ],
        },
      };
    case '/stock/dividend':
      return {
        json: market.dividends.filter(inside).map(({ day, amount }) => dividend(day, amount)),
      };
    case '/stock/split':
      return {
        json: market.splits
          .filter(inside)
          .map(({ day, ratio }) => ({ symbol: 'ACME', date: day, fromFactor: 1, toFactor: ratio })),
      };
    default:
      return { status: 404, text: '' };
  }
}

const dividend = (date: string, amount: number) => ({
  symbol: 'ACME',
  date,
  amount,
  adjustedAmount: amount / 4,
  payDate: '2026-03-30',
  recordDate: date,
  declarationDate: '2026-02-20',
  currency: 'USD',
  freq: '4',
});

const quoteOf = ({ quote }: StandardMarket) => ({
  c: quote.last,
  d: 0.75,
  dp: 0.57,
  h: 132,
  l: 130,
  o: 130.6,
  pc: quote.previousClose,
  t: quote.at / 1000,
});

/** Daily candles are stamped with midnight in New York. */
const rowsOf = ({ days, bars }: StandardMarket, query: URLSearchParams): Row[] =>
  query.get('resolution') === 'D'
    ? days.map((day) => ({ ...day, t: seconds(stampOf(day.day, 4)) }))
    : bars(Number(query.get('resolution')) * 60_000).map((bar) => ({ ...bar, t: bar.from / 1000 }));

function candles(rows: readonly Row[], query: URLSearchParams, { extra }: StandardMarket): unknown {
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const given = rows.filter(
    ({ t }) => typeof t !== 'number' || (t >= from && t <= to) || t > 1.9e9,
  );
  if (given.length === 0) return { s: 'no_data' };
  const column = (field: keyof Row) => given.map((row) => row[field]);
  return {
    c: column('close'),
    h: column('high'),
    l: column('low'),
    o: column('open'),
    s: 'ok',
    t: column('t'),
    v: column('volume'),
    ...extra,
  };
}

marketDataHttpConformance('finnhub', {
  create: (terms, world) => finnhub.create({ ...terms, streamUrl: nowhere }, world),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
  lacks: { symbolInReply: 'candles do not name their symbol' },
});

describe('symbols of Finnhub', () => {
  it.each([
    [{ symbol: 'aapl' }, 'stock', 'AAPL'],
    [{ symbol: 'BRK.B', mic: 'XNYS' }, 'stock', 'BRK.B'],
    [{ symbol: 'VOD', mic: 'XLON' }, 'stock', 'VOD.L'],
    [{ symbol: 'VOD.L', currency: 'GBP' }, 'stock', 'VOD.L'],
    [{ symbol: 'VOD.L', mic: 'XLON' }, 'stock', 'VOD.L'],
    [{ symbol: '7203', mic: 'XTKS' }, 'stock', '7203.T'],
    [{ symbol: 'BTC', currency: 'USD', kind: 'crypto' }, 'crypto', 'COINBASE:BTC-USD'],
    [{ symbol: 'BTC/USDT' }, 'crypto', 'BINANCE:BTCUSDT'],
    [{ symbol: 'BINANCE:ETHBTC' }, 'crypto', 'BINANCE:ETHBTC'],
    [{ symbol: 'EURUSD', kind: 'fx' }, 'forex', 'OANDA:EUR_USD'],
    [{ symbol: 'OANDA:EUR_USD' }, 'forex', 'OANDA:EUR_USD'],
  ] as const)('%j is %s %s', (symbol, kind, name) => {
    expect(finnhubSymbol(symbol)).toEqual({ kind, name });
  });

  it.each([
    { symbol: '' },
    { symbol: '../x' },
    { symbol: 'A B' },
    { symbol: 'é' },
    { symbol: 'CDR', mic: 'XWAR' },
    { symbol: 'VOD', currency: 'GBP' },
    { symbol: 'SPX', kind: 'index' as const },
  ])('%j is none', (symbol) => {
    expect(finnhubSymbol(symbol)).toBeUndefined();
  });
});
