import type { ProviderSymbol } from '@plimsoll/ports';
import {
  type FakeReply,
  type FakeRequest,
  fakeProvider,
  marketDataHttpConformance,
  type StandardMarket,
  standardNowMs,
  virtualWorld,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import { providerReply } from '../../market-data-kit/http/reply.ts';
import { alphaVantageFault, field, seriesShape } from './alpha-vantage-shapes.ts';
import { alphaVantageSymbol } from './alpha-vantage-symbol.ts';
import alphaVantage from './index.ts';

const text = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);
const wrong = {
  json: {
    'Error Message':
      'Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for TIME_SERIES_DAILY.',
  },
};

/** Dates as New York's clock shows them in March 2026, when it is four hours behind. */
const newYork = (ms: number): string =>
  new Date(ms - 4 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

const minutes: Readonly<Record<string, number>> = {
  '1min': 1,
  '5min': 5,
  '15min': 15,
  '60min': 60,
};

/** Rows by their day: of two with one day, the documented reply can hold the last alone. */
function rowsOf(market: StandardMarket, isAdjusted: boolean): Record<string, unknown> {
  const rows = market.days
    .toReversed()
    .map(({ day, open, high, low, close, adjustedClose, volume }) => {
      const prices = {
        '1. open': text(open),
        '2. high': text(high),
        '3. low': text(low),
        '4. close': text(close),
      };
      const dividend = market.dividends.find((one) => one.day === day)?.amount ?? 0;
      const split = market.splits.find((one) => one.day === day)?.ratio ?? 1;
      const rest = isAdjusted
        ? {
            '5. adjusted close': text(adjustedClose),
            '6. volume': text(volume),
            '7. dividend amount': String(dividend),
            '8. split coefficient': String(split),
          }
        : { '5. volume': text(volume) };
      return [String(day), { ...prices, ...rest, ...market.extra }];
    });
  return Object.fromEntries(rows);
}

/** As https://www.alphavantage.co/documentation/ describes. */
function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  if (path !== '/query') return { status: 404, text: '' };
  if (query.get('apikey') !== market.key) {
    return {
      json: {
        'Error Message':
          'the parameter apikey is invalid or missing. Please claim your free API key on (https://www.alphavantage.co/support/#api-key).',
      },
    };
  }
  const wanted = query.get('function') ?? '';
  if (wanted === 'SYMBOL_SEARCH') {
    const match = {
      '1. symbol': 'ACME',
      '2. name': 'Acme',
      '3. type': 'Equity',
      '8. currency': 'USD',
      '9. matchScore': '1.0',
    };
    return { json: { bestMatches: /acme/i.test(query.get('keywords') ?? '') ? [match] : [] } };
  }
  if (query.get('symbol') !== 'ACME') return wrong;
  const meta = {
    '2. Symbol': market.symbolInReply ?? 'ACME',
    '3. Last Refreshed': '2026-06-01',
    '5. Time Zone': 'US/Eastern',
  };
  switch (wanted) {
    case 'TIME_SERIES_DAILY':
    case 'TIME_SERIES_DAILY_ADJUSTED':
      return {
        json: {
          'Meta Data': meta,
          'Time Series (Daily)': rowsOf(market, wanted.endsWith('ADJUSTED')),
        },
      };
    case 'DIVIDENDS':
      return {
        json: {
          symbol: 'ACME',
          data: market.dividends.map(({ day, amount }) => ({
            ex_dividend_date: day,
            declaration_date: 'None',
            record_date: 'None',
            payment_date: 'None',
            amount: String(amount),
          })),
        },
      };
    case 'SPLITS':
      return {
        json: {
          symbol: 'ACME',
          data: market.splits.map(({ day, ratio }) => ({
            effective_date: day,
            split_factor: ratio.toFixed(4),
          })),
        },
      };
    case 'GLOBAL_QUOTE':
      return {
        json: {
          'Global Quote': {
            '01. symbol': 'ACME',
            '05. price': text(market.quote.last),
            '07. latest trading day': '2026-06-01',
            '08. previous close': '130.5000',
          },
        },
      };
    case 'TIME_SERIES_INTRADAY': {
      const interval = query.get('interval') ?? '';
      const bars = market
        .bars((minutes[interval] ?? 0) * 60_000)
        .filter(({ from }) => newYork(from).startsWith(query.get('month') ?? ''));
      const rows = bars.toReversed().map(({ from, open, high, low, close, volume }) => [
        newYork(from),
        {
          '1. open': text(open),
          '2. high': text(high),
          '3. low': text(low),
          '4. close': text(close),
          '5. volume': text(volume),
        },
      ]);
      return {
        json: { 'Meta Data': meta, [`Time Series (${interval})`]: Object.fromEntries(rows) },
      };
    }
    default:
      return wrong;
  }
}

for (const plan of ['free', 'premium'] as const) {
  marketDataHttpConformance(`alpha-vantage, ${plan} plan`, {
    create: ({ baseUrl, key, requestsPerMinute, timeoutSeconds }, world) =>
      alphaVantage.create(
        { baseUrl, key, requestsPerMinute, timeoutSeconds, requestsPerDay: 100_000, plan },
        world,
      ),
    symbol: { symbol: 'ACME', mic: 'XNAS' },
    unknown: { symbol: 'NOPE', mic: 'XNAS' },
    answer,
    lacks: { contradictions: 'of two rows of one day its reply can hold one' },
  });
}

const says = (body: unknown) =>
  alphaVantageFault(
    providerReply({
      status: 200,
      headers: {},
      body: new TextEncoder().encode(JSON.stringify(body)),
    }),
  );

describe('what Alpha Vantage says with status 200', () => {
  it.each([
    [
      'Note',
      'Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 500 calls per day.',
      'market-data.rate-limited',
    ],
    [
      'Information',
      'We have detected your API key as K and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans.',
      'market-data.rate-limited',
    ],
    [
      'Information',
      'Please consider spreading out your free API requests more sparingly (1 request per second). Subscribe to unlock all premium endpoints.',
      'market-data.rate-limited',
    ],
    [
      'Information',
      'Thank you for using Alpha Vantage! This is a premium endpoint.',
      'market-data.not-covered',
    ],
    ['Information', 'The **demo** API key is for demo purposes only.', 'market-data.unauthorised'],
    ['Error Message', 'Invalid API call. Please retry.', 'market-data.unknown-symbol'],
    ['Information', 'Something new.', 'market-data.unreadable'],
  ])('%s: %s', (name, message, code) => {
    expect(says({ [name]: message })).toMatchObject({ code });
  });

  it('is no fault where it is data', () => {
    expect(says({ 'Meta Data': {}, 'Time Series (Daily)': {} })).toBeUndefined();
  });
});

describe('names of Alpha Vantage', () => {
  it('of fields are found under any number', () => {
    expect(field({ '4a. close (USD)': '5', '4. close': '6' }, 'close')).toBe('6');
    expect(field({}, 'close')).toBeUndefined();
  });

  it('of symbols follow the exchange', () => {
    expect(alphaVantageSymbol({ symbol: 'TSCO', mic: 'XLON', currency: 'GBP' })).toEqual({
      part: 'equity',
      name: 'TSCO.LON',
      currency: 'GBX',
    });
    expect(alphaVantageSymbol({ symbol: 'TSCO.LON' })).toMatchObject({
      name: 'TSCO.LON',
      currency: 'GBX',
    });
    expect(alphaVantageSymbol({ symbol: 'BRK.B', mic: 'XNYS' })).toMatchObject({ name: 'BRK-B' });
    expect(alphaVantageSymbol({ symbol: 'EURUSD', kind: 'fx' })).toEqual({
      part: 'fx',
      base: 'EUR',
      currency: 'USD',
    });
    expect(alphaVantageSymbol({ symbol: 'NESN', mic: 'XSWX' })).toBeUndefined();
  });

  it('of a series without its rows are refused', () => {
    expect(seriesShape.safeParse({ 'Meta Data': {} }).success).toBe(false);
  });
});

describe('pairs of Alpha Vantage', () => {
  const world = virtualWorld(standardNowMs);
  const ask = async (symbol: ProviderSymbol, json: unknown) => {
    const server = await fakeProvider(() => ({ json }), world.nowMs);
    const terms = { baseUrl: server.baseUrl, key: 'k', requestsPerMinute: 60, timeoutSeconds: 10 };
    const provider = alphaVantage.create({ ...terms, requestsPerDay: 60, plan: 'free' }, world);
    const signal = new AbortController().signal;
    const history = await provider.daily(symbol, '2026-03-01', '2026-04-01', signal);
    await server.close();
    return { history, query: Object.fromEntries(server.requests[0]?.query ?? []) };
  };
  const prices = { '1. open': '1.1', '2. high': '1.2', '3. low': '1.0', '4. close': '1.15' };

  it('of currencies are of FX_DAILY', async () => {
    const meta = { '2. From Symbol': 'EUR', '3. To Symbol': 'USD' };
    const reply = { 'Meta Data': meta, 'Time Series FX (Daily)': { '2026-03-02': prices } };
    const { history, query } = await ask({ symbol: 'EURUSD', kind: 'fx' }, reply);
    expect(query).toMatchObject({ function: 'FX_DAILY', from_symbol: 'EUR', to_symbol: 'USD' });
    expect(history).toMatchObject({ ok: true, value: { currency: 'USD', rejected: [] } });
    expect(history.ok && [...history.value.bars.close]).toEqual([1.15]);
  });

  it('of coins are of DIGITAL_CURRENCY_DAILY', async () => {
    const meta = { '2. Digital Currency Code': 'BTC', '4. Market Code': 'EUR' };
    const rows = { '2026-03-02': { ...prices, '5. volume': '12.5' } };
    const reply = { 'Meta Data': meta, 'Time Series (Digital Currency Daily)': rows };
    const { history, query } = await ask({ symbol: 'BTC-EUR', kind: 'crypto' }, reply);
    expect(query).toMatchObject({
      function: 'DIGITAL_CURRENCY_DAILY',
      symbol: 'BTC',
      market: 'EUR',
    });
    expect(history.ok && [...history.value.bars.volume]).toEqual([12.5]);
    const other = { ...reply, 'Meta Data': { ...meta, '2. Digital Currency Code': 'ETH' } };
    expect((await ask({ symbol: 'BTC-EUR', kind: 'crypto' }, other)).history).toMatchObject({
      ok: false,
      fault: { code: 'market-data.unreadable', detail: expect.stringContaining('ETH') },
    });
  });
});
