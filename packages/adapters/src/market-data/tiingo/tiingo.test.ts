import { InvariantError } from '@plimsoll/kernel';
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
import tiingo from './index.ts';
import { actionsOf } from './tiingo-shapes.ts';
import { tiingoSymbol } from './tiingo-symbol.ts';

const isIn = (query: URLSearchParams, day: unknown): boolean => {
  const text = String(day);
  if (!/^2026-\d\d-\d\d$/.test(text)) return true;
  return text >= (query.get('startDate') ?? '') && text <= (query.get('endDate') ?? '9');
};

const frequency: Readonly<Record<string, number>> = {
  '1min': 1,
  '5min': 5,
  '15min': 15,
  '1hour': 60,
};

/** As https://www.tiingo.com/documentation describes. */
function answer(request: FakeRequest, market: StandardMarket): FakeReply {
  const { path, query, headers } = request;
  if (headers.authorization !== `Token ${market.key}`) {
    return { status: 401, json: { detail: 'Invalid token.' } };
  }
  const extra = market.extra ?? {};
  if (path === '/tiingo/utilities/search') {
    const found = { ticker: 'ACME', name: 'Acme', assetType: 'Stock', isActive: true, ...extra };
    return { json: /acme/i.test(query.get('query') ?? '') ? [found] : [] };
  }
  if (path === '/iex/') return { json: [quoteOf(market)] };
  const [, part, name] = /^\/(iex|tiingo\/daily)\/([^/]*)\/prices$/.exec(path) ?? [];
  if (name?.toUpperCase() !== 'ACME') {
    return { status: 404, json: { detail: `Error: Ticker '${name}' not found` } };
  }
  if (part === 'iex') return { json: intradayOf(market, query) };
  const rows = market.days.filter(({ day }) => isIn(query, day));
  return {
    json: rows.map(({ day, open, high, low, close, adjustedClose, volume }) => ({
      date: typeof day === 'string' ? `${day}T00:00:00.000Z` : day,
      close,
      high,
      low,
      open,
      volume,
      adjClose: adjustedClose,
      adjHigh: high,
      adjLow: low,
      adjOpen: open,
      adjVolume: volume,
      divCash: market.dividends.find((one) => one.day === day)?.amount ?? 0,
      splitFactor: market.splits.find((one) => one.day === day)?.ratio ?? 1,
      ...extra,
    })),
  };
}

const quoteOf = ({ quote }: StandardMarket) => ({
  ticker: 'ACME',
  timestamp: new Date(quote.at).toISOString(),
  quoteTimestamp: null,
  lastSaleTimestamp: null,
  last: null,
  lastSize: null,
  tngoLast: quote.last,
  prevClose: quote.previousClose,
  bidPrice: quote.bid,
  askPrice: quote.ask,
});

const intradayOf = ({ bars }: StandardMarket, query: URLSearchParams) =>
  bars((frequency[query.get('resampleFreq') ?? ''] ?? 0) * 60_000)
    .filter(({ from }) => isIn(query, new Date(from).toISOString().slice(0, 10)))
    .map(({ from, ...figures }) => ({ date: new Date(from).toISOString(), ...figures }));

marketDataHttpConformance('tiingo', {
  create: ({ baseUrl, key, requestsPerMinute, timeoutSeconds }, world) =>
    tiingo.create(
      { baseUrl, key, requestsPerMinute, timeoutSeconds, requestsPerHour: 100_000 },
      world,
    ),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
  lacks: { symbolInReply: 'daily rows do not say what they are of' },
});

describe('symbols of Tiingo', () => {
  it.each([
    [
      { symbol: 'BRK.B', mic: 'XNYS' },
      { part: 'daily', name: 'BRK-B', currency: 'USD' },
    ],
    [
      { symbol: 'BTC-USD', kind: 'crypto' },
      { part: 'crypto', name: 'btcusd', currency: 'USD' },
    ],
    [
      { symbol: 'EURUSD', kind: 'fx' },
      { part: 'fx', name: 'eurusd', currency: 'USD' },
    ],
    [{ symbol: 'VOD', mic: 'XLON' }, undefined],
    [{ symbol: 'SAP', currency: 'EUR' }, undefined],
    [{ symbol: '../x' }, undefined],
  ] as const)('%j', (symbol, named) => {
    expect(tiingoSymbol(symbol)).toEqual(named);
  });
});

describe('replies of Tiingo', () => {
  it('have actions only on the days that have one', () => {
    const day = (date: string, divCash: number, splitFactor: number) => ({
      date,
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 1,
      adjClose: 1,
      divCash,
      splitFactor,
    });
    const days = [day('2020-08-28T', 0, 1), day('2020-08-31T', 0.205, 4)];
    expect(actionsOf(days, 'USD')).toEqual([
      { day: '2020-08-31', kind: 'dividend', value: 0.205, currency: 'USD' },
      { day: '2020-08-31', kind: 'split', value: 4 },
    ]);
  });

  it('are not asked for without a world', () => {
    const settings = tiingo.config?.parse({ key: 'x' });
    expect(() => tiingo.create(settings as never)).toThrow(InvariantError);
    expect(() => tiingo.config?.parse({})).toThrow('is needed');
  });
});

describe('pairs of Tiingo', () => {
  const world = virtualWorld(standardNowMs);
  const ask = async (symbol: ProviderSymbol, reply: (request: FakeRequest) => unknown) => {
    const server = await fakeProvider((request) => ({ json: reply(request) }), world.nowMs);
    const terms = { baseUrl: server.baseUrl, key: 'k', requestsPerMinute: 60, timeoutSeconds: 10 };
    const provider = tiingo.create({ ...terms, requestsPerHour: 60 }, world);
    const signal = new AbortController().signal;
    const history = await provider.daily(symbol, '2026-03-01', '2026-04-01', signal);
    await server.close();
    return { history, path: server.requests[0]?.path, query: server.requests[0]?.query };
  };
  const bar = { open: 1.1, high: 1.2, low: 1.05, close: 1.15, volume: 10.5 };

  it('of coins come by their ticker, with the pair beside them', async () => {
    const priceData = [
      { date: '2026-03-02T00:00:00+00:00', ...bar, volumeNotional: 12, tradesDone: 3 },
    ];
    const row = { ticker: 'btceur', baseCurrency: 'btc', quoteCurrency: 'eur', priceData };
    const { history, path, query } = await ask({ symbol: 'BTC-EUR', kind: 'crypto' }, () => [row]);
    expect([path, query?.get('tickers'), query?.get('resampleFreq')]).toEqual([
      '/tiingo/crypto/prices',
      'btceur',
      '1day',
    ]);
    expect(history).toMatchObject({ ok: true, value: { currency: 'EUR', rejected: [] } });
    expect(history.ok && [...history.value.bars.close]).toEqual([1.15]);
  });

  it('of coins that it does not have come as nothing', async () => {
    const { history } = await ask({ symbol: 'NOPE-EUR', kind: 'crypto' }, () => []);
    expect(history).toMatchObject({ ok: false, fault: { code: 'market-data.unknown-symbol' } });
  });

  it('of currencies come row by row, and another one is refused', async () => {
    const row = { date: '2026-03-02T00:00:00.000Z', ticker: 'eurusd', ...bar };
    const { history, path } = await ask({ symbol: 'EURUSD', kind: 'fx' }, () => [row]);
    expect(path).toBe('/tiingo/fx/eurusd/prices');
    expect(history).toMatchObject({ ok: true, value: { currency: 'USD' } });
    const other = await ask({ symbol: 'EURUSD', kind: 'fx' }, () => [{ ...row, ticker: 'gbpusd' }]);
    expect(other.history).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
  });
});
