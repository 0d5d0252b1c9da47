import { isDay } from '@plimsoll/kernel';
import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import upstox from './index.ts';
import { upstoxKey } from './upstox-instruments.ts';

const key = 'NSE_EQ|INE848E01016';

/** An error carries its fields in two spellings. */
const failed = (status: number, code: string, message: string): FakeReply => ({
  status,
  json: {
    status: 'error',
    errors: [{ errorCode: code, message, error_code: code, propertyPath: null }],
  },
});

/** Shapes of https://upstox.com/developer/api-documentation/v3/get-historical-candle-data (2026-11-21). */
function answer({ path, query, headers }: FakeRequest, market: StandardMarket): FakeReply {
  if (headers.authorization !== `Bearer ${market.key}`) {
    return failed(401, 'UDAPI100050', 'Invalid token used to access API');
  }
  if (path === '/v2/instruments/search') {
    const isKnown = query.get('query') === 'ACME';
    return { json: { status: 'success', data: isKnown ? [instrument] : [] } };
  }
  if (path === '/v2/market-quote/quotes') {
    return { json: { status: 'success', data: { 'NSE_EQ:ACME': quoteOf(market) } } };
  }
  const [, , , asked, unit, , to, from] = path.split('/');
  if (asked !== key) return failed(400, 'UDAPI100011', 'Invalid Instrument key');
  return { json: { status: 'success', data: { candles: candles(market, { unit, from, to }) } } };
}

const instrument = {
  segment: 'NSE_EQ',
  name: 'ACME LIMITED',
  exchange: 'NSE',
  isin: 'INE848E01016',
  instrument_type: 'EQ',
  instrument_key: key,
  trading_symbol: 'ACME',
  lot_size: 1,
};

const quoteOf = ({ quote }: StandardMarket) => ({
  ohlc: { open: 130, high: 132, low: 129, close: 131 },
  depth: {
    buy: [{ quantity: 5, price: quote.bid, orders: 1 }],
    sell: [{ quantity: 5, price: quote.ask, orders: 1 }],
  },
  timestamp: '2026-06-01T17:29:30.000+05:30',
  instrument_token: key,
  symbol: 'ACME',
  last_price: quote.last,
  net_change: 0.75,
  last_trade_time: String(quote.at),
});

const inIndia = (ms: number): string =>
  new Date(ms + 5.5 * 3_600_000).toISOString().replace('.000Z', '+05:30');

interface Asked {
  readonly unit: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Newest first; both ends are included. */
function candles(
  { days, bars, extra }: StandardMarket,
  { unit, from = '', to = '' }: Asked,
): unknown[] {
  const more = extra ? [extra] : [];
  if (unit === 'days') {
    return days
      .filter(
        ({ day }) =>
          typeof day !== 'string' ||
          !/^2026-\d\d-(?:[012]\d|30)$/.test(day) ||
          (day >= from && day <= to),
      )
      .map((row) => {
        const time =
          typeof row.day === 'string' && isDay(row.day) ? `${row.day}T00:00:00+05:30` : row.day;
        return [time, row.open, row.high, row.low, row.close, row.volume, 0, ...more];
      })
      .toReversed();
  }
  return bars(60_000)
    .filter((bar) => inIndia(bar.from).slice(0, 10) >= from && inIndia(bar.from).slice(0, 10) <= to)
    .map((bar) => [inIndia(bar.from), bar.open, bar.high, bar.low, bar.close, bar.volume, 0])
    .toReversed();
}

marketDataHttpConformance('upstox', {
  create: (terms, world) => upstox.create(terms, world),
  symbol: { symbol: 'ACME', mic: 'XNSE' },
  unknown: { symbol: 'NOPE', mic: 'XNSE' },
  answer,
  lacks: { actions: 'Upstox tells none', symbolInReply: 'candles do not name their instrument' },
});

describe('keys of Upstox', () => {
  it.each([
    [{ symbol: key }, key],
    [{ symbol: 'NSE_INDEX|Nifty 50' }, 'NSE_INDEX|Nifty 50'],
    [{ symbol: 'ACME', isin: 'INE848E01016' }, key],
    [{ symbol: 'ACME', isin: 'INE848E01016', mic: 'XBOM' }, 'BSE_EQ|INE848E01016'],
    [{ symbol: 'INE848E01016' }, key],
    [{ symbol: 'ACME' }, undefined],
    [{ symbol: 'AAPL', isin: 'US0378331005', mic: 'XNAS' }, undefined],
    [{ symbol: 'NSE_EQ|../../x' }, undefined],
  ] as const)('%j is %s', (symbol, expected) => {
    expect(upstoxKey(symbol)).toBe(expected);
  });
});
